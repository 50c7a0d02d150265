import { spawnSync } from 'node:child_process';
import type { Finding } from '@vivace/lint/check';

const SECRET =
  /(?:^|\/)(?:\.env(?:\.(?!example$|sample$|test$)[\w-]+)?|id_(?:rsa|ed25519|ecdsa)|[^/]+\.(?:pem|p12|pfx|key))$/;

/** Finds secrets that are in git, or would be after `git add .` */
export function secretsInGit(root: string): readonly Finding[] {
  const published = secretsOf(root, '--cached').map((file) => ({
    place: file,
    seen: 'A file of secrets is part of the repository.',
    write: `git rm --cached ${file}, a line in .gitignore, and new secrets: these are known`,
  }));
  const unguarded = secretsOf(root, '--others', '--exclude-standard').map((file) => ({
    place: file,
    seen: 'A file of secrets is not ignored by git.',
    write: `${file} in .gitignore`,
  }));
  return [...published, ...unguarded];
}

function secretsOf(root: string, ...which: string[]): string[] {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z', ...which], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.split('\0').filter((file) => SECRET.test(file)) : [];
}
