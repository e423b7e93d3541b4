// The actions of readers, in a real browser.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { after, before, describe, it } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const sites = process.env.SITES;
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml' };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:";
// Every kind of page.
const KINDS = ['index', 'timeline', 'graph', 'tags', 'people', 'search', 'health', 'print', '404',
  'changes', 'decisions/0001', 'decisions/0002', 'decisions/0003', 'status/accepted', 'tags/storage', 'people/ann-lee'];
let browser, server, base;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  server = createServer((request, response) => {
    const file = join(sites, normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)));
    if (!file.startsWith(sites) || !existsSync(file)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain', 'content-security-policy': policy });
    response.end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => { server.on('listening', done); });
  base = `http://127.0.0.1:${server.address().port}`;
});
after(async () => { await browser.close(); server.close(); });

// Opens a page, and collects failed loads, errors and policy violations.
async function open(path, options = {}) {
  const { width = 1280, dark = false, ...rest } = options;
  const context = await browser.newContext({
    viewport: { width, height: 800 }, colorScheme: dark ? 'dark' : 'light', ...rest,
  });
  const page = await context.newPage();
  const wrong = [];
  const asked = [];
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => asked.push(request.url()));
  page.on('requestfailed', (request) => wrong.push(`${request.url()} failed`));
  await page.goto(path.includes('://') ? path : `${base}/${path}`);
  return { page, wrong, asked, close: () => context.close() };
}

describe('every kind of page', () => {
  for (const dark of [false, true]) {
    for (const width of [320, 1280]) {
      it(`is accessible, ${dark ? 'dark' : 'light'}, ${width} pixels wide`, async () => {
        for (const kind of KINDS) {
          const { page, close } = await open(`small/${kind}.html`, { width, dark, bypassCSP: true });
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
          const found = violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target).join(', ')}`);
          assert.deepEqual(found, [], kind);
          await close();
        }
      });
    }
  }

  it('never scrolls sideways at 320 pixels', async () => {
    for (const site of ['small', 'own', 'hostile']) {
      const pages = readdirSync(join(sites, site, 'decisions')).filter((name) => name.endsWith('.html')).map((name) => `decisions/${name.slice(0, -5)}`);
      for (const kind of [...KINDS.filter((kind) => !kind.includes('/')), ...pages]) {
        if (!existsSync(join(sites, site, `${kind}.html`))) continue;
        const { page, close } = await open(`${site}/${kind}.html`, { width: 320 });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 320, `${site}/${kind} is ${width} wide`);
        await close();
      }
    }
  });

  it('asks for three files of its own host, and nothing is refused', async () => {
    for (const kind of KINDS) {
      const { page, wrong, asked, close } = await open(`small/${kind}.html`);
      await page.waitForLoadState('networkidle');
      assert.deepEqual(wrong, [], kind);
      assert.ok(asked.every((url) => url.startsWith(base) || url.startsWith('data:image/svg+xml')), kind);
      // The icon, which browsers request on their own, is embedded in the page.
      assert.ok(asked.filter((url) => !url.startsWith('data:')).length <= 3, `${kind}: ${asked}`);
      await close();
    }
  });

  it('says the same without a script', async () => {
    for (const kind of KINDS) {
      const texts = [];
      for (const javaScriptEnabled of [true, false]) {
        const { page, close } = await open(`small/${kind}.html`, { javaScriptEnabled });
        const text = await page.locator('main').textContent();
        texts.push(text.replace(/\s+/g, ' '));
        await close();
      }
      assert.equal(texts[1], texts[0], kind);
    }
  });

  it('works from a disk', async () => {
    for (const kind of KINDS) {
      const { page, wrong, close } = await open(`file://${sites}/small/${kind}.html`);
      assert.deepEqual(wrong, [], kind);
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).display), 'block', 'styled');
      await close();
    }
  });
});

describe('the search', () => {
  for (const from of ['http', 'file']) {
    it(`finds words and numbers, and its keys work (${from})`, async () => {
      const root = from === 'file' ? `file://${sites}` : base;
      const { page, wrong, close } = await open(`${root}/small/index.html`);
      await page.keyboard.press('/');
      await page.keyboard.type('caching');
      const results = page.locator('dialog ol a');
      await results.first().waitFor();
      assert.equal(await page.locator('dialog [role=status]').textContent(), '2 decisions found');
      await page.keyboard.press('ArrowDown');
      assert.equal(await results.first().evaluate((one) => one === document.activeElement), true);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('dialog').isVisible(), false);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('ADR-2');
      await page.locator('dialog ol a', { hasText: 'Use a database' }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/0002\.html/);
      assert.deepEqual(wrong, []);
      await close();
    });
  }

  it('marks the words where it leads', async () => {
    const { page, close } = await open('small/decisions/0001.html?h=files');
    assert.ok((await page.locator('.prose mark').allTextContents()).every((one) => /^files/i.test(one)));
    assert.notEqual(await page.locator('.prose mark').count(), 0);
    await close();
  });

  it('reads a shared address, and is accessible with results', async () => {
    const { page, close } = await open('small/search.html?q=database', { bypassCSP: true });
    await page.locator('.search ol a').first().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map((one) => one.id), []);
    await close();
  });

  it('names the record whose number it is first, and shows the rest step by step', async () => {
    const { page, close } = await open('large/search.html?q=cache');
    const results = page.locator('.search ol a');
    await results.first().waitFor();
    assert.equal(await results.count(), 30);
    assert.match(await page.locator('.search [role=status]').textContent(), /^First 30 of \d+ decisions$/);
    await page.locator('.search .more').click();
    assert.equal(await results.count(), 60);
    assert.equal(await results.nth(30).evaluate((one) => one === document.activeElement), true);
    await page.locator('.search [type=search]').fill('12');
    await page.locator('.search .named').waitFor();
    assert.match(await results.first().textContent(), /^0012 /);
    assert.equal(await page.locator('.search .named').count(), 1);
    // A status has a mark, not only a colour.
    const mark = await page.locator('.search ol .status').first().evaluate((one) => getComputedStyle(one, '::before').maskImage);
    assert.match(mark, /^url/);
    await close();
  });

  it('leaves its key to others where that is wanted', async () => {
    const { page, close } = await open('small/index.html');
    await page.keyboard.press('Control+k');
    await page.getByLabel('Press / to search').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.keyboard.press('/');
    assert.equal(await page.locator('dialog').isVisible(), false);
    await page.keyboard.press('Control+k');
    await page.getByLabel('Press / to search').check();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    assert.equal(await page.locator('dialog').isVisible(), true);
    await close();
  });

  it('loads the parts of a large log that it needs', async () => {
    const { page, asked, close } = await open('large/search.html?q=proxy');
    await page.locator('.search ol a').first().waitFor();
    assert.match(await page.locator('.search [role=status]').textContent(), /^First 30 of \d+ decisions$/);
    assert.ok(asked.length <= 6, asked.join(' '));
    await close();
  });
});

// The filters are loaded when they are used, or with an address that sets them.
const awake = (page) => page.waitForFunction(() => window.adr.list);

describe('the list', () => {
  it('is filtered as one types, and the address can be shared', async () => {
    const { page, close } = await open('small/index.html');
    await page.locator('.filter [type=search]').fill('database');
    await awake(page);
    const rows = page.locator('.ledger > li:visible');
    assert.equal(await rows.count(), 2);
    assert.match(page.url(), /\?q=database$/);
    const address = page.url();
    await close();
    const again = await open(address);
    await awake(again.page);
    assert.equal(await again.page.locator('.ledger > li:visible').count(), 2);
    assert.equal(await again.page.locator('.facets [role=status]').textContent(), '2 decisions');
    await again.close();
  });

  for (const from of ['http', 'file']) {
    it(`is narrowed by status, tag, person, year and words, back and forth (${from})`, async () => {
      const root = from === 'file' ? `file://${sites}` : base;
      const { page, wrong, close } = await open(`${root}/small/index.html`);
      const numbers = () => page.locator('.ledger > li:visible > span:nth-child(2)').allTextContents();
      const choose = async (field, value) => {
        await page.locator('.facets summary', { hasText: field }).click();
        await page.locator('.facets details[open] a', { hasText: value }).click();
      };
      await choose('Tag', /^api/);
      await awake(page);
      assert.deepEqual(await numbers(), ['0002'], 'rapid is another tag');
      assert.match(page.url(), /\?tag=api$/);
      await page.locator('.facets p a').click();
      assert.equal((await numbers()).length, 6);
      await choose('Year', '2024');
      assert.deepEqual(await numbers(), ['0006', '0004', '0003', '0002']);
      // The number of results of each option, given the other filters.
      const counts = await page.locator('.filters a').allInnerTexts();
      assert.deepEqual(counts.map((text) => text.replace(/\s+/g, ' ')), ['All 4', 'accepted 1', 'proposed 1', 'draft 1', 'superseded 0', 'deprecated 0', 'rejected 1']);
      await page.locator('.filters a', { hasText: 'rejected' }).click();
      await choose('Decided by', 'Bo Chen');
      await page.locator('.filter [type=search]').fill('own');
      assert.deepEqual(await numbers(), ['0004']);
      assert.match(page.url(), /\?year=2024&status=rejected&person=Bo\+Chen&q=own$/);
      await page.goBack();
      assert.deepEqual(await numbers(), ['0004']);
      await page.goBack();
      assert.deepEqual(await numbers(), ['0006', '0004', '0003', '0002']);
      await page.goForward();
      assert.deepEqual(await numbers(), ['0004']);
      await page.reload();
      await awake(page);
      assert.deepEqual(await numbers(), ['0004']);
      assert.deepEqual(wrong, []);
      await close();
    });
  }

  it('is narrowed on a narrow screen too, and accessible then', async () => {
    const { page, close } = await open('large/index.html', { width: 320, bypassCSP: true });
    await page.locator('.facets summary', { hasText: 'Tag' }).click();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    assert.deepEqual(violations.map((one) => one.id), []);
    await page.locator('.facets details[open] a', { hasText: 'queue' }).click();
    await awake(page);
    assert.equal(await page.locator('.facets details[open]').count(), 0);
    assert.match(await page.locator('.facets [role=status]').textContent(), /^1\d\d decisions$/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await close();
  });

  it('says where to look when nothing fits', async () => {
    const { page, close } = await open('small/index.html?q=nowhere+to+be');
    await awake(page);
    assert.equal(await page.locator('.ledger > li:visible').count(), 0);
    const search = page.locator('.nothing a');
    assert.equal(await search.isVisible(), true);
    await search.click();
    await page.waitForURL(/search\.html\?q=nowhere%20to%20be$/);
    await close();
  });

  it('shows what is in force first, and the address can be shared', async () => {
    const { page, close } = await open('small/index.html');
    const order = () => page.locator('.ledger > li .listed').allTextContents();
    const before = await order();
    await page.getByLabel('In force first').check();
    await awake(page);
    assert.equal((await order())[0], 'accepted');
    assert.notDeepEqual(await order(), before);
    assert.match(page.url(), /\?first=in-force$/);
    await page.reload();
    await awake(page);
    assert.equal((await order())[0], 'accepted');
    await page.getByLabel('In force first').uncheck();
    assert.deepEqual(await order(), before);
    await close();
  });

  it('has pages for each status without a script', async () => {
    const { page, close } = await open('small/index.html', { javaScriptEnabled: false });
    await page.locator('.filters a', { hasText: 'rejected' }).click();
    assert.equal(await page.locator('.ledger > li').count(), 1);
    await close();
  });
});

describe('a record', () => {
  it('tells in its contents what is being read, and its headings have links', async () => {
    const { page, close } = await open('own/decisions/0011.html');
    const current = page.locator('.contents [aria-current]');
    await page.locator('.prose h2').nth(2).evaluate((one) => one.scrollIntoView());
    await current.waitFor();
    assert.equal(await current.textContent(), (await page.locator('.prose h2').nth(2).textContent()).trim());
    const link = page.locator('.prose h2 .here').nth(2);
    const opacity = () => link.evaluate((one) => getComputedStyle(one).opacity);
    assert.equal(await opacity(), '0');
    await page.locator('.prose h2').nth(2).hover();
    assert.equal(await opacity(), '1');
    await link.click();
    assert.match(page.url(), /#./);
    await close();
  });

  it('tells a link that leads nowhere from one that is not published', async () => {
    const { page, close } = await open('small/decisions/0006.html');
    const look = (name) => page.locator(`.prose .${name}`).evaluate((one) => { const style = getComputedStyle(one); return [style.color, style.textDecorationStyle]; });
    const [broken, path] = [await look('broken'), await look('path')];
    assert.notEqual(broken[0], path[0]);
    assert.notEqual(broken[1], path[1]);
    await close();
  });

  it('is as wide as the screen, however deep its lists are', async () => {
    const { page, close } = await open('deep/decisions/0001.html', { width: 320 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await close();
  });
});

it('nothing lies upon the words beside it, and no name or date of a row is broken', async () => {
  for (const width of [320, 1280]) {
    const graph = await open('split/graph.html', { width });
    const [lead, hint] = await Promise.all(['.lead', '.hint'].map((name) => graph.page.locator(name).boundingBox()));
    assert.ok(lead.y + lead.height <= hint.y + 1, `${width}: ${JSON.stringify([lead, hint])}`);
    await graph.close();
    const list = await open('split/status/superseded.html', { width });
    const lines = await list.page.locator('.ledger :is(time, .successor a)').evaluateAll((all) => all.map((one) => one.getClientRects()[0].height));
    assert.equal(lines.length, 3);
    assert.ok(lines.every((height) => height < 30), `${width}: ${lines}`);
    await list.close();
  }
});

it('a status of many words goes over lines, and its mark stays beside them', async () => {
  for (const kind of ['index', 'search', 'print', 'timeline', 'decisions/0004']) {
    const { page, close } = await open(`split/${kind}.html`, { width: 320 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, kind);
    await close();
  }
  const { page, close } = await open('split/index.html', { width: 320 });
  const heights = await page.locator('.ledger .accepted').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  assert.ok(heights.length === 2 && heights.every((height) => height < 30), String(heights));
  await close();
});

it('a title begins where its language begins', async () => {
  const { page, close } = await open('split/index.html');
  const [title, row] = await Promise.all(['.ledger a[href$="0001.html"]', '.ledger .what'].map((name) => page.locator(name).first().boundingBox()));
  assert.ok(title.x >= row.x, JSON.stringify([title, row]));
  // The bracket at its end is on the left.
  const ends = await page.locator('.ledger a[href$="0001.html"]').evaluate((link) => {
    const range = new Range();
    const at = (n) => { range.setStart(link.firstChild, n); range.setEnd(link.firstChild, n + 1); return range.getBoundingClientRect().x; };
    return [at(0), at(link.textContent.length - 1)];
  });
  assert.ok(ends[1] < ends[0], String(ends));
  await close();
});

it('an empty log fits a narrow screen', async () => {
  const { page, close } = await open('empty/index.html', { width: 320 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await close();
});

it('the theme is kept', async () => {
  const { page, close } = await open('small/index.html');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator('.theme').click();
  await page.locator('.theme').click();
  assert.equal(await page.locator('.theme').textContent(), 'Theme: dark');
  const dark = await paper();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await paper(), dark);
  await close();
});

it('nothing of a hostile log runs', async () => {
  // Without the content security policy, so that the pages themselves are tested.
  for (const bypassCSP of [false, true]) {
    for (const folder of ['', 'decisions', 'status', 'tags', 'people']) {
      assert.ok(existsSync(join(sites, 'hostile', folder)), folder);
      const names = readdirSync(join(sites, 'hostile', folder)).filter((name) => name.endsWith('.html'));
      for (const name of names) {
        const { page, asked, close } = await open(join('hostile', folder, name), { bypassCSP });
        await page.waitForLoadState('networkidle');
        const state = await page.evaluate(() => ({
          hacked: document.documentElement.dataset.hacked,
          title: document.title === 'HACKED',
          handlers: [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]).filter((one) => /^on|^style$/.test(one.name) || /^\s*javascript:/i.test(one.value) && one.name !== 'title').length,
          scripts: document.querySelectorAll('script').length,
        }));
        assert.deepEqual(state, { hacked: undefined, title: false, handlers: 0, scripts: 1 }, name);
        assert.ok(asked.every((url) => url.startsWith(base)), name);
        await close();
      }
    }
  }
});

it('print keeps the banner and drops the chrome', async () => {
  const { page, close } = await open('small/decisions/0001.html');
  await page.emulateMedia({ media: 'print' });
  for (const kept of ['.banner.superseded', '.banner.change', '.history li time']) {
    assert.equal(await page.locator(kept).first().isVisible(), true, kept);
  }
  for (const gone of ['header.site nav', 'footer.site', '.contents', '.theme']) {
    for (const one of await page.locator(gone).all()) assert.equal(await one.isVisible(), false, gone);
  }
  await close();
});

it('paper tells what went from what came', async () => {
  const { page, close } = await open('small/changes.html');
  await page.emulateMedia({ media: 'print' });
  const lines = (name) => page.locator(`.difference ${name}`).first().evaluate((one) => getComputedStyle(one).textDecorationLine);
  assert.deepEqual([await lines('del'), await lines('ins')], ['line-through', 'underline']);
  await close();
});

it('a change is told kind by kind, and leads to its records', async () => {
  const { page, close } = await open('small/changes.html');
  const told = [];
  for (const kind of await page.locator('.part').all()) {
    const name = await kind.locator('h2').evaluate((one) => one.firstChild.textContent.trim());
    told.push([name, await kind.locator('h3').allTextContents()]);
  }
  const short = told.map(([name, titles]) => [name, titles.map((title) => title.trim().slice(0, 16))]);
  assert.deepEqual(short, [
    ['New', ['ADR-0002 Use a d', 'ADR-0004 Write o', 'ADR-0006 A draft']],
    ['New status', ['ADR-0001 Use fil', 'ADR-0005 Ship on']],
    ['Edited', ['ADR-0003 A thoug']],
    ['Removed', ['ADR-0007 Ask eve']],
  ]);
  await page.locator('.part h3 a', { hasText: 'Use files' }).click();
  assert.deepEqual(await page.locator('.history time').allTextContents(), ['2023-01-06', '2024-06-01']);
  await page.locator('.banner.change a').click();
  await page.waitForURL(/changes\.html$/);
  await close();
});
