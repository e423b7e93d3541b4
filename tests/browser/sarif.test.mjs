// Validates the linter's SARIF report against the schema of the standard, from Microsoft's package: its
// licence does not allow a copy here. `../sarif.rs` checks the additional requirements of GitHub.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';

const read = createRequire(import.meta.url);
const schema = read('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
// The schema uses draft 4, but also the format `uri-reference`.
const ajv = new Ajv({ schemaId: 'auto', meta: false, allErrors: true });
ajv.addMetaSchema(read('ajv/lib/refs/json-schema-draft-04.json'));
const holds = ajv.compile(schema);

// The findings of all rules in one of the logs.
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
