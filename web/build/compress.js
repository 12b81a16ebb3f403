// Writes a .br and a .gz beside each text file of the built page, so that the server never compresses.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const assets = new URL('../../target/classes/web/page/assets/', import.meta.url).pathname;

for (const name of readdirSync(assets).filter(it => /\.(js|css|svg)$/.test(it))) {
  const bytes = readFileSync(join(assets, name));
  writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes));
  writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
