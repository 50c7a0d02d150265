import type { Section } from '../case.js';
import { answered, holds, isRefused, refused, shown, survived, type Request } from '../case.js';
import type { Sent } from '../target.js';
import { request } from '../wire.js';

const MULTIPART = 'multipart/form-data; boundary=x';

const part = (disposition: string, content: string, more = ''): string =>
  `--x\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`;
const file = (name = 'filename="a.txt"', content = 'abc'): string =>
  part(`name="file"; ${name}`, content, 'Content-Type: text/plain\r\n');
const sent = (body: string, type = MULTIPART): Sent => ({
  method: 'POST',
  headers: { 'content-type': type },
  body,
});
const upload = (parts: string, type = MULTIPART): Request => [
  '/upload',
  sent(`${parts}--x--\r\n`, type),
];
const form = (body: string): Request => ['/form', sent(body, 'application/x-www-form-urlencoded')];

/** What a file is called is a name alone. */
const plainName = (answer: { status: number; body: string }): boolean =>
  isRefused(answer as never) || !/[/\\]|\.\.|\\u0000|%2f/i.test(nameIn(answer.body));
const nameIn = (body: string): string => (JSON.parse(body) as { filename?: string }).filename ?? '';

export const forms: Section = {
  name: 'M: forms and uploads',
  cases: [
    answered('M00', 'an upload', '201', [upload(file())], ({ status }) => status === 201),
    refused('M01', 'no boundary', [upload(file(), 'multipart/form-data')]),
    refused('M02', 'a boundary that never comes', [upload(file(), `${MULTIPART}yz`)]),
    answered(
      'M04',
      'a file over its limit',
      '413',
      [upload(file('filename="a"', 'x'.repeat(1_000_001)))],
      ({ status }) => status === 413,
    ),
    {
      id: 'M05',
      attack: 'a file of 20 MB',
      must: '413 or closed, memory stays',
      run: async (target) => {
        const before = await target.census('memory');
        await using wire = target.wire(
          `POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: ${MULTIPART}\r\nTransfer-Encoding: chunked\r\n\r\n`,
        );
        const send = async (text: string): Promise<void> => {
          wire.send(`${text.length.toString(16)}\r\n${text}\r\n`);
          await wire.flushed();
        };
        await send('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
        for (let count = 0; wire.open && count < 20; count += 1) await send('x'.repeat(2 ** 20));
        const text = await wire.closed();
        holds(text === '' || text.startsWith('HTTP/1.1 413'), text.slice(0, 60));
        const { resident } = await target.census('memory');
        holds(resident - before.resident < 60 * 2 ** 20, `${resident - before.resident} bytes`);
      },
    },
    refused('M06', '5,000 fields', [
      upload(Array.from({ length: 5000 }, (_, n) => part(`name="f${n}"`, 'x')).join('')),
    ]),
    refused('M07', '500 files', [
      ['/uploads', sent(`${part('name="files"; filename="a"', 'x').repeat(500)}--x--\r\n`)],
    ]),
    refused('M08', 'a part with 200 KB of headers', [
      upload(part('name="file"; filename="a"', 'x', `X-A: ${'b'.repeat(200_000)}\r\n`)),
    ]),
    answered(
      'M09',
      'filename ../../etc/passwd',
      'a name alone',
      [upload(file('filename="../../etc/passwd"'))],
      plainName,
    ),
    answered(
      'M10',
      'filename C:\\x\\..\\evil.txt, and NUL',
      'a name alone',
      [upload(file('filename="C:\\x\\..\\evil.txt"')), upload(file('filename="a\0b.txt"'))],
      plainName,
    ),
    answered(
      'M11',
      "filename*=UTF-8''..%2f..%2fx",
      'a name alone',
      [upload(file("filename*=UTF-8''..%2f..%2fx"))],
      plainName,
    ),
    refused('M13', 'a field of 900 KB', [upload(file() + part('name="note"', 'x'.repeat(9e5)))]),
    survived('M14', '500 KB of line breaks before the first boundary', [
      upload('\r\n'.repeat(250_000) + file()),
    ]),
    answered(
      'M16',
      'two files for one',
      '4xx or one file',
      [upload(file() + file('filename="b.txt"'))],
      (answer) => isRefused(answer) || answer.status === 201,
    ),
    refused('M17', 'no file, a text in its place', [
      upload(part('name="note"', 'x')),
      upload(part('name="file"', 'x')),
    ]),
    refused('M19', 'JSON for a form', [['/upload', sent('{"file":"x"}', 'application/json')]]),
    {
      id: 'M20',
      attack: '20 uploads that break off',
      must: 'no files are left open',
      run: async (target) => {
        const { open } = await target.census();
        for (let count = 0; count < 20; count += 1) {
          const half = part('name="file"; filename="a"', 'x'.repeat(800_000));
          const wire = target.wire(
            request('POST', '/upload', { 'content-type': MULTIPART, 'content-length': 9e5 }, half),
          );
          await wire.flushed();
          wire.reset();
        }
        const after = await target.settled((census) => census.open <= open);
        holds(after.open <= open, `${after.open - open} more open`);
      },
    },
    survived('M21', 'a form with 200 KB of ";"', [form(`username=${';'.repeat(200_000)}`)]),
    refused('M22', 'a form with 20,000 fields', [form('a=1&'.repeat(20_000))]),
    answered(
      'M23',
      'username twice, username[x], __proto__',
      '4xx or a text, no object',
      [form('username=a&username=b&username[x]=1&__proto__=1'), form('username[x]=1')],
      (answer) => isRefused(answer) || /^"[ab]"$/.test(answer.body),
    ),
    survived('M24', 'broken escapes and no UTF-8 in a form', [
      form('username=%zz'),
      form('username=%ff%fe'),
      form('username=\xff\xfe'),
      form('%=%&=&&=='),
    ]),
    {
      id: 'M25',
      attack: 'the same file in pieces of one byte',
      must: '201',
      run: async (target) => {
        const body = `${file()}--x--\r\n`;
        await using wire = target.wire(
          request('POST', '/upload', { 'content-type': MULTIPART, 'content-length': body.length }),
        );
        for (const byte of body) {
          wire.send(byte);
          await wire.flushed();
        }
        const [answer] = await wire.answers(1);
        holds(answer?.status === 201, answer === undefined ? 'no answer' : shown(answer));
      },
    },
  ],
};
