import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpClient } from '@vivace/http';
import { HTTP_BOOT_ERRORS } from '../src/boot-error';

const page = readFileSync(join(__dirname, '../../../docs/http-errors.md'), 'utf8');

describe('the table of boot errors', () => {
  it('is the page of the documentation', () => {
    const sections = [...page.matchAll(/^## `([A-Z_]+)`\n\n(.+)\n\n```text\n\[\1\] /gm)];
    expect(Object.fromEntries(sections.map(([, code, what]) => [code, what]))).toEqual(
      HTTP_BOOT_ERRORS,
    );
  });

  it('has every code that the sources throw, and no other', () => {
    const root = join(__dirname, '../src');
    const thrown = globSync('**/*.ts', { cwd: root }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/HttpBootError\(\s*'([A-Z_]+)'/g)].map(
        ([, code]) => code!,
      ),
    );
    expect(new Set(thrown)).toEqual(new Set(Object.keys(HTTP_BOOT_ERRORS)));
  });
});

describe('a client that cannot work', () => {
  class Payments extends httpClient() {}

  it('shows the message of the page', () => {
    const said = /```text\n([^]*?)\n```/.exec(page)![1];
    expect(() => new Payments()).toThrow(said);
  });

  it('says that a part of all is not more than all', () => {
    const said = [...page.matchAll(/```text\n([^]*?)\n```/g)][1]![1];
    const options = { baseUrl: 'https://pay.example.org', circuit: { failures: 50 } };
    expect(() => new Payments(options)).toThrow(said);
    expect(new Payments({ ...options, circuit: { failures: 1 } })).toBeInstanceOf(Payments);
  });

  it.each([
    'pay.example.org',
    'ftp://pay.example.org',
    'https://ann:s3cr3t@pay.example.org',
    'https://pay.example.org/?key=s3cr3t',
    'https://pay.example.org/#there',
  ])('as its address is %s is refused, and the address is not shown', (baseUrl) => {
    const refused = expect(() => new Payments({ baseUrl }));
    refused.toThrow('[HTTP_BASE_URL] Payments: Its address');
    refused.not.toThrow('s3cr3t');
  });

  it.each<readonly [object, string]>([
    [{ authorization: 'Bearer s3cr3t\n' }, '(headers.authorization): It holds a line break'],
    [{ 'x key': 's3cr3t' }, '(headers.x key): It is no name of a header'],
    [new Headers({ authorization: 's3cr3t' }), '(headers): It is no plain object'],
  ])('as its headers cannot be sent says which, and not what they are', (headers, said) => {
    const options = { baseUrl: 'https://pay.example.org', headers: headers as never };
    const refused = expect(() => new Payments(options));
    refused.toThrow(`[HTTP_OPTION] Payments.options${said}`);
    refused.not.toThrow('s3cr3t');
  });

  it.each([
    [{ timeout: NaN }, 'whole'],
    [{ timeout: { connect: 0 } }, 'connect'],
    [{ retries: -1 }, 'limit'],
    [{ circuit: { pause: NaN } }, 'pause'],
    [{ connections: 0 }, 'connections'],
    [{ maxSize: NaN }, 'maxSize'],
  ])('as it has %j names the option', (options, name) => {
    const make = () => new Payments({ baseUrl: 'https://pay.example.org', ...options });
    expect(make).toThrow(`[OPTION_NUMBER] Payments.options(${name})`);
  });
});
