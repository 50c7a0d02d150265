import type { Section } from '../case.js';
import { answered, isRefused, refused, survived, type Request } from '../case.js';

const at = (...ids: readonly string[]): Request[] => ids.map((id) => [`/items/${id}`]);
const of = (...queries: readonly string[]): Request[] =>
  queries.map((query) => [`/items/1?${query}`]);

export const parameters: Section = {
  name: 'P: path, query and header parameters',
  cases: [
    refused('P02', 'a whole number 0x10', at('0x10')),
    refused('P03', 'a whole number 1e3', at('1e3')),
    refused('P04', 'a whole number 1_000', at('1_000')),
    refused('P05', 'a full-width digit', at('%EF%BC%91')),
    refused('P06', 'Infinity, NaN', at('Infinity', 'NaN')),
    refused('P07', 'blanks and a line break around 1', at('%201', '1%20', '1%0a')),
    refused('P08', '2^53 + 1', at('9007199254740993')),
    refused('P09', '400 digits', at('9'.repeat(400))),
    answered(
      'P11',
      'limit=5&limit=9',
      '4xx or one number',
      of('limit=5&limit=9'),
      (answer) => isRefused(answer) || /"limit":\d/.test(answer.body),
    ),
    answered(
      'P13',
      'q[a]=1&q[]=2&q.b=3',
      'no object',
      [['/values/text?q[a]=1&q[]=2&q.b=3']],
      ({ body }) => body === '{"q":""}',
    ),
    refused('P16', '500 tags where ten may be', [[`/values/tags?${'tags=a&'.repeat(500)}`]]),
    survived('P17', 'broken escapes in the query', of('kind=%zz', 'kind=%', 'kind=%u0041')),
    refused('P18', 'broken escapes in the path', at('%zz', '%')),
    refused('P19', 'overlong UTF-8, lone surrogates', at('%c0%af', '%ed%a0%80')),
    refused('P20', 'NUL in the path', at('%00', '1%00')),
    survived('P20', 'NUL in the query', [['/values/text?q=a%00b']]),
    refused('P22', 'flag=maybe, 2, []', of('flag=maybe', 'flag=2', 'flag=[]')),
    refused('P25', 'kind=A, toString, __proto__', of('kind=A', 'kind=toString', 'kind=__proto__')),
    refused('P26', 'an encoded way up', at('..%2f..%2fetc')),
    answered(
      'P28',
      'a slash at the end, Host: evil.example',
      'evil.example is named nowhere',
      [['/items/1/', { headers: { host: 'evil.example' } }]],
      ({ body, headers, status }) =>
        status < 500 && !/evil/.test(body + (headers.get('location') ?? '')),
    ),
    answered(
      'P29',
      'X-Forwarded-Host, -Proto, -Prefix of anybody',
      'ignored',
      [
        ['/items/1/', { headers: { 'x-forwarded-host': 'evil.example' } }],
        ['/openapi.json', { headers: { 'x-forwarded-prefix': '/evil' } }],
        ['/go?to=/x', { headers: { 'x-forwarded-proto': 'evil' } }],
      ],
      ({ body, headers, status }) =>
        status < 500 && !/evil/.test(body + (headers.get('location') ?? '')),
    ),
    answered(
      'P30',
      'ligatures, combining marks, RTL, emoji',
      'the same comes back',
      ['ﬁ', 'e\u0301', '\u202eabc', '😀'].map((text) => [
        `/values/text?q=${encodeURIComponent(text)}`,
      ]),
      ({ body }) =>
        ['ﬁ', 'e\u0301', '\u202eabc', '😀'].includes(
          (JSON.parse(Buffer.from(body, 'latin1').toString()) as { q: string }).q,
        ),
    ),
    refused('P31', 'x-count: abc', [['/values/exact', { headers: { 'x-count': 'abc' } }]]),
    answered(
      'P33',
      'limit= and limit=%20',
      '4xx or absent, never 0',
      of('limit=', 'limit=%20'),
      (answer) => isRefused(answer) || !answer.body.includes('"limit":0'),
    ),
    answered(
      'P35',
      'markup in an unknown address',
      'not shown',
      [['/%3Cscript%3Ealert(1)%3C/script%3E'], ['/<script>alert(1)</script>']],
      (answer) => isRefused(answer) && !answer.body.includes('<script>'),
    ),
  ],
};
