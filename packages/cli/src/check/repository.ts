import { spawnSync } from 'node:child_process';
import type { Finding } from './finding';

/** Secrets that git would publish. */
export function inRepository(root: string): readonly Finding[] {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) return [];
  return stdout
    .split('\0')
    .filter((file) =>
      /(?:^|\/)(?:\.env(?:\.(?!example$|sample$|test$)[\w-]+)?|id_(?:rsa|ed25519|ecdsa)|[^/]+\.(?:pem|p12|pfx|key))$/.test(file),
    )
    .map((file) => ({
      place: file,
      seen: 'A file of secrets is part of the repository.',
      write: `git rm --cached ${file}, a line in .gitignore, and new secrets: these are known`,
    }));
}
