import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadEnvFile } from '../../src/config/environment';

it('a .env that begins with a byte order mark loses no line, and the real environment wins', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-env-'));
  const here = process.cwd();
  const before = { ...process.env };
  try {
    writeFileSync(path.join(folder, '.env'), '\uFEFFBOM_FIRST=1\r\nBOM_SECOND=2\nBOM_SET=file\n');
    process.chdir(folder);
    process.env.BOM_SET = 'real';
    loadEnvFile();
    const { BOM_FIRST, BOM_SECOND, BOM_SET } = process.env;
    expect([BOM_FIRST, BOM_SECOND, BOM_SET]).toEqual(['1', '2', 'real']);
  } finally {
    process.env = before;
    process.chdir(here);
    rmSync(folder, { recursive: true });
  }
});
