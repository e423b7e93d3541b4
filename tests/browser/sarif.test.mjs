// The findings of the linter as SARIF, held against the schema of the standard, which Microsoft's package
// carries: it is not under a licence that would let it lie here. What GitHub asks beyond it is in `../sarif.rs`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';

const read = createRequire(import.meta.url);
const schema = read('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
// The schema is of draft 4, and has the format `uri-reference` all the same.
const ajv = new Ajv({ schemaId: 'auto', meta: false, allErrors: true });
ajv.addMetaSchema(read('ajv/lib/refs/json-schema-draft-04.json'));
const holds = ajv.compile(schema);

// What the linter finds with all rules in one of the logs, and how many findings that are.
function findings(log, ...more) {
  const words = ['lint', '--dir', join(process.env.SITES, 'logs', log), '--output-format', 'sarif', '--select', 'ALL'];
  const { stdout, status } = spawnSync(process.env.ADR, [...words, ...more], { encoding: 'utf8' });
  assert.ok(status === 0 || status === 1, `exit code ${status}`);
  return JSON.parse(stdout);
}

describe('SARIF', () => {
  for (const [log, ...more] of [['small'], ['hostile'], ['small', '--base', 'base'], ['large']]) {
    it(`of the ${[log, ...more].join(' ')} log keeps to the standard`, () => {
      const document = findings(log, ...more);
      assert.ok(document.runs[0].results.length > 2);
      assert.ok(holds(document), JSON.stringify(holds.errors?.slice(0, 5), null, 1));
    });
  }

  it('is refused by the schema where it is none', () => {
    const document = findings('small');
    document.runs[0].results[0].message = 'text';
    assert.ok(!holds(document));
  });
});
