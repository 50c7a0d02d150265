// Reads documents from standard input, and writes what an independent validator says of them and the typed client of the last one.
import { Validator } from '@seriousme/openapi-schema-validator';
import { text } from 'node:stream/consumers';
import { generateApi } from 'swagger-typescript-api';

const { documents, client } = JSON.parse(await text(process.stdin));
const problems = [];
const validator = new Validator();
for (const [name, document] of Object.entries(documents)) {
  const { valid, errors } = await validator.validate(structuredClone(document));
  if (!valid) problems.push({ name, version: document.openapi, errors });
  else if (document.openapi.startsWith('3.1') !== (validator.version === '3.1'))
    problems.push({ name, errors: `read as ${validator.version}` });
}
const { files } = await generateApi({
  spec: client,
  silent: true,
  httpClientType: 'fetch',
  output: false,
});
process.stdout.write(
  JSON.stringify({ problems, client: files.map(({ fileContent }) => fileContent).join('\n') }),
);
