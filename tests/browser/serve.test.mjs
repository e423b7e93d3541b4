// `adr serve` from an author's view, in a real browser.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';

let browser, folder, server, base, page, wrong;

const write = (name, text) => writeFileSync(join(folder, name), text);
const record = (decision) => `# 1. Use files\n\n## Status\n\nAccepted\n\n## Context\n\n${'Long ago.\n\n'.repeat(200)}## Decision\n\n${decision}\n\n${'And so on.\n\n'.repeat(200)}`;

// Starts the server and returns its address.
async function serve(port = 0) {
  server = spawn(process.env.ADR, ['serve', '--dir', folder, '--port', String(port)], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(createInterface(server.stdout), 'line');
  return line;
}
async function stop() {
  server.kill('SIGINT');
  await once(server, 'exit');
}

before(async () => { browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] }); });
after(async () => { await browser.close(); });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adr-serve-'));
  write('0001-a.md', record('We use files.'));
  write('0002-b.md', '# 2. Use paper\n\n## Status\n\nProposed\n');
  base = await serve();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  wrong = [];
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
  page.on('pageerror', (error) => wrong.push(String(error)));
});
afterEach(async () => {
  await page.context().close();
  await stop();
  rmSync(folder, { recursive: true });
});

// Waits until the text is visible on the page.
const shows = (text) => page.getByText(text).first().waitFor({ timeout: 20_000 });

it('a saved record shows at once, and the reader stays where they are', async () => {
  await page.goto(`${base}decisions/0001.html`);
  await shows('We use files.');
  // A page is notified of changes long after it was loaded.
  for (const decision of ['We use a database.', 'We use a cache.']) {
    await page.evaluate(() => window.scrollTo(0, 6000));
    await page.evaluate(() => { window.isOld = true; });
    // Editors save like this: a new file replaces the old one.
    write('.0001-a.md.swp', record(decision));
    renameSync(join(folder, '.0001-a.md.swp'), join(folder, '0001-a.md'));
    await shows(decision);
    assert.equal(await page.evaluate(() => window.isOld), undefined);
    await page.waitForFunction(() => window.scrollY === 6000);
  }
  assert.deepEqual(wrong, []);
});

it('a new record comes into the list, and the filter stays', async () => {
  await page.goto(`${base}index.html`);
  await page.locator('.filter input[type=search]').fill('paper');
  // The filters are loaded when they are used.
  const narrowed = (count) => page.locator('.facets [role=status]', { hasText: count }).waitFor();
  await narrowed('1 decision');
  assert.equal(await page.locator('.ledger > li:visible').count(), 1);
  write('0003-c.md', '# 3. Use better paper\n\n## Status\n\nProposed\n');
  await shows('Use better paper');
  // The text is present before the filter script has run.
  await narrowed('2 decisions');
  assert.equal(await page.locator('.ledger > li:visible').count(), 2);
  assert.match(page.url(), /\?q=paper$/);
  assert.deepEqual(wrong, []);
});

it('an error takes the place of the page, and goes when it is mended', async () => {
  await page.goto(`${base}decisions/0001.html`);
  await shows('We use files.');
  write('adr.toml', 'titel = "Ours"\n');
  await shows('The site cannot be built');
  assert.match(await page.getByRole('alert').textContent(), /unknown key `titel`/);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map((one) => one.id), [], colorScheme);
  }
  await page.setViewportSize({ width: 320, height: 600 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
  write('adr.toml', 'site.title = "Ours"\n');
  await shows('We use files.');
  assert.equal(await page.locator('header .name').textContent(), 'Ours');
  // The console only contains the status of the error page.
  assert.ok(wrong.every((one) => /status of 500/.test(one)), wrong.join('\n'));
});

it('a page survives that the server is started anew', async () => {
  await page.goto(`${base}index.html`);
  await shows('Use paper');
  await stop();
  write('0002-b.md', '# 2. Use vellum\n\n## Status\n\nProposed\n');
  assert.equal(await serve(new URL(base).port), base);
  await shows('Use vellum');
});

it('an address that is not there has a page with style, however deep', async () => {
  const answer = await page.goto(`${base}a/b/c.html`);
  assert.equal(answer.status(), 404);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).display), 'block', 'styled');
  await page.locator('header .name').click();
  await shows('Use paper');
});
