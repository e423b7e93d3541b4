// Writes the logs for the test sites: one with every feature and a history, a hostile one, and one of a
// thousand records.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(process.argv[2], 'logs');

function log(name, files) {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

// Commits the content of the folder `name`, dated `day`, and tags the commit.
function commit(name, day, tag) {
  const git = (...words) => execFileSync('git', ['-C', join(root, name), ...words], {
    env: {
      PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: name === 'hostile' ? `Ann"onclick="x` : 'Ann Lee', GIT_AUTHOR_EMAIL: 'ann@example.org', GIT_AUTHOR_DATE: `${day}T12:00:00Z`,
      GIT_COMMITTER_NAME: 'Ann Lee', GIT_COMMITTER_EMAIL: 'ann@example.org', GIT_COMMITTER_DATE: `${day}T12:00:00Z`,
    },
  });
  git('init', '-q');
  git('add', '--all');
  git('commit', '-q', '--message', tag);
  git('tag', tag);
}

const front = (status, date, more = '', tags = 'storage') =>
  `---\nstatus: ${status}\ndate: ${date}\ndecision-makers: [Ann Lee, Bo Chen]\ntags: [${tags}]\n${more}---\n`;

const long = 'internationalization'.repeat(12);
// The initial state; the tests check the later changes.
log('small', {
  'adr.toml': 'dir = "."\n[site]\nrepository = "https://forge.example/team/project"\n',
  '0001-use-files.md': `${front('accepted', '2023-01-05')}# Use files\n\n## Context\n\nPlain files are simple.\n`,
  '0003-a-thought.md': `${front('proposed', '2024-03-05')}# A thought about ${long}\n\n## Context\n\nCaching ${long} helps a little, and **costs** <b>much</b>.\n\n- one\n- two\n`,
  '0005-old.md': `${front('accepted', '2022-04-05')}# Ship on paper\n`,
  '0007-gone.md': `${front('draft', '2024-01-05')}# Ask everybody\n`,
});
commit('small', '2023-01-06', 'base');
for (const gone of ['0005-old.md', '0007-gone.md']) rmSync(join(root, 'small', gone));
log('small', {
  '0001-use-files.md': `${front('superseded by ADR-0002', '2023-01-05')}# Use files\n\n## Context\n\nPlain **files** are [simple](0002-use-a-database.md).\n\n| a | b |\n|---|--:|\n| ${'wide '.repeat(40)} | 2 |\n\n\`\`\`rust\n${'let x = 1; '.repeat(30)} // text\nlet y = "text";\n\`\`\`\n\n\`\`\`yaml\nname: 10Gi\n\`\`\`\n\n## Decision\n\nWe keep files[^1].\n\n[^1]: For now.\n`,
  '0002-use-a-database.md': `${front('accepted', '2024-02-05', 'supersedes: ADR-0001\n', 'storage, api')}# Use a database\n\n## Context\n\nFiles were slow. ${long}\n\n## Decision\n\nWe use a database.\n\n> [!NOTE]\n> Once.\n\n- [x] done\n- [ ] open\n\n<details><summary>More</summary>\n\nHidden <kbd>text</kbd>.\n\n</details>\n`,
  '0003-a-thought.md': `${front('proposed', '2024-03-05')}# A thought about ${long}\n\n## Context\n\nCaching helps.\n\n\`\`\`mermaid\ngraph TD\n\`\`\`\n`,
  '0004-no.md': `${front('rejected', '2024-04-05', '', 'storage, rapid')}# Write our own database\n\n## Decision\n\nNo. Caching it is.\n`,
  '0005-old-paper.md': `${front('deprecated', '2022-04-05')}# Ship on paper\n`,
  '0006-draft.md': `${front('draft', '2024-05-05')}# A draft\n\nDepends on [ADR 2](0002-use-a-database.md). [Lost](0099-lost.md), [code](../main.rs).\n\n\`\`\`diff\n-old\n+new\n\`\`\`\n`,
});
commit('small', '2024-06-01', 'tip');

const run = "document.title='HACKED';document.documentElement.dataset.hacked=1";
const quoted = (text) => JSON.stringify(text);
// The initial state, used as a base whose name is hostile too.
log('hostile', {
  'adr.toml': 'dir = "."\n',
  '0003-fields.md': `# Was <script>${run}</script>\n\n<img src=x onerror="${run}"> <script>${run}</script> ${'<b onclick="x">'.repeat(9)}\n`,
  '0004-gone.md': `---\nstatus: ${quoted(`<img src=x onerror="${run}">`)}\n---\n# Gone "><svg onload="${run}">\n`,
});
commit('hostile', '2024-01-01', `"><svg/onload="${run}">`);
rmSync(join(root, 'hostile', '0004-gone.md'));
log('hostile', {
  '0001-html.md': `# <script>${run}</script>\n\n<script>${run}</script>\n\n<img src=x onerror="${run}">\n\n<svg onload="${run}"><animate onbegin="${run}"></svg>\n\n<div><style>body{display:none}</style><svg><script>${run}</script></svg></div>\n\n<details open ontoggle="${run}"><summary>x</summary></details>\n\n<a href="javascript:${run}" autofocus onfocus="${run}">a</a> [b](javascript:${run})\n\n<iframe srcdoc="<script>parent.${run}</script>"></iframe>\n`,
  '0002-mutation.md': `# Mutation\n\n<div><math><mtext><table><mglyph><style><img src=x onerror="${run}"></style></mglyph></table></mtext></math></div>\n\n<p><noscript><p title="</noscript><img src=x onerror=&quot;${run}&quot;>"></p>\n\n<div title='\n\ntext ' <b onmouseover='${run}' data-adr='0'>x</b>\n\n<form><input autofocus onfocus="${run}"></form>\n`,
  '0003-fields.md': `---\nstatus: accepted\ndate: 2024-01-05\ntags: [${quoted(`<script>${run}</script>`)}]\ndecision-makers: [${quoted(`</script><script>${run}</script>`)}]\n---\n# Fields "><svg onload="${run}">\n\n## Context\n\nx\n\nSupersedes [1](0001-html.md)\n\n## Decision\n\n</script><script>${run}</script>\n`,
});
commit('hostile', '2024-01-02', 'tip');

const word = (n) => ['cache', 'queue', 'index', 'token', 'shard', 'proxy', 'batch', 'stream'][n % 8];
const large = {};
for (let n = 1; n <= 1000; n += 1) {
  const id = String(n).padStart(4, '0');
  large[`${id}-a.md`] = `${front(n % 5 ? 'accepted' : 'proposed', `${2018 + Math.floor(n / 130)}-03-0${1 + (n % 9)}`, '', word(n >> 6))}# ${n}. Use the ${word(n)} ${word(n >> 3)} ${n}\n\n## Decision\n\nWe use the ${word(n)}.\n`;
}
log('large', large);

log('empty', {});
log('split', {
  '0001-old.md': `${front('superseded by ADR-0002 and ADR-0003', '2023-01-05')}# קבצים (files)\n`,
  '0002-one.md': `${front('accepted', '2024-01-05', 'supersedes: ADR-0001\n')}# Use a database\n`,
  '0003-two.md': `${front('accepted', '2024-01-06', 'supersedes: ADR-0001\n')}# Use a queue\n\n## Links\n\n- Relates to [2](0002-one.md)\n`,
  '0004-own.md': `${front('discussed by @somebody.w.name and @another', '2024-01-07')}# Own\n`,
});
const quotes = `${'> '.repeat(300)}q`;
log('deep', { '0001-deep.md': `# Deep\n\n## Status\n\nAccepted\n\n${Array.from({ length: 40 }, (_, depth) => `${'  '.repeat(depth)}- word`).join('\n')}\n\n${quotes}\n` });
