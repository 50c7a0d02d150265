import { spawnSync } from 'node:child_process';
import { folder } from '../../tests/folder';
import { secretsInGit } from './secrets-in-git';

describe('a file of secrets in git', () => {
  it('is found, unless it is an example or not part of it', () => {
    using place = folder({
      '.env': 'A=1',
      '.env.example': 'A=',
      'keys/server.pem': '',
      'src/app.ts': '',
    });
    expect(secretsInGit(place.path)).toEqual([]);
    const git = (...args: readonly string[]): number | null =>
      spawnSync('git', args, { cwd: place.path }).status;
    expect(git('init', '-q')).toBe(0);
    expect(secretsInGit(place.path).map(({ place: file, seen }) => `${file}: ${seen}`)).toEqual([
      '.env: A file of secrets is not ignored by git.',
      'keys/server.pem: A file of secrets is not ignored by git.',
    ]);
    expect(git('add', '-f', '.')).toBe(0);
    expect(secretsInGit(place.path).map((finding) => finding.place)).toEqual([
      '.env',
      'keys/server.pem',
    ]);
  });
});
