// Copies what the pages load from node_modules into wwwroot/lib, makes one sprite of the icons named in icons.txt, and one stylesheet of the parts in styles.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const from = join(here, 'node_modules');
const to = join(here, 'wwwroot', 'lib');

const files = {
  'htmx.min.js': 'htmx.org/dist/htmx.min.js',
  'sse.min.js': 'htmx-ext-sse/dist/sse.min.js',
  'idiomorph-ext.min.js': 'idiomorph/dist/idiomorph-ext.min.js',
  'tabler.min.css': '@tabler/core/dist/css/tabler.min.css',
};

// In this order: what every page has, then a part of the product each.
const styles = ['tokens', 'ground', 'entry', 'shell', 'dial', 'presence', 'tasks', 'call', 'ring', 'customer', 'settings', 'admin', 'records', 'drawer', 'demo'];

function symbol(name) {
  const path = join(from, '@tabler/icons/icons/outline', `${name}.svg`);
  if (!existsSync(path)) throw new Error(`icons.txt names "${name}", which Tabler does not have; see node_modules/@tabler/icons/icons/outline`);
  const body = readFileSync(path, 'utf8')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, '')
    .replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
}

rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
for (const [name, source] of Object.entries(files)) {
  // source maps stay in node_modules; a reference to one would only be a 404 in the console
  const text = readFileSync(join(from, source), 'utf8').replace(/\n?\/[/*]# sourceMappingURL=.*/g, '');
  writeFileSync(join(to, name), text);
}
const names = readFileSync(join(here, 'icons.txt'), 'utf8').split('\n').map(l => l.trim()).filter(Boolean);
writeFileSync(join(to, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join('')}</svg>\n`);

const parts = readdirSync(join(here, 'styles')).map(file => file.replace('.css', ''));
const forgotten = parts.filter(part => !styles.includes(part));
if (forgotten.length > 0) throw new Error(`styles/${forgotten[0]}.css is in no page: name it in assets.mjs`);
writeFileSync(join(to, 'app.css'), styles.map(part => readFileSync(join(here, 'styles', `${part}.css`), 'utf8')).join('\n'));
