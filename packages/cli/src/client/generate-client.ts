import type { OpenAPIDocument } from 'vivace/openapi';
import { tupleElement, withMarkedTuples } from './tuples';

export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/** What the generator writes for browsers only, and what a project for Node can compile instead. */
const FOR_NODE_TOO: readonly (readonly [written: string, instead: string])[] = [
  [
    'keyof Omit<Body, "body" | "bodyUsed">',
    '"arrayBuffer" | "blob" | "formData" | "json" | "text"',
  ],
  ['.then((data) => {', '.then((data: any) => {'],
];

/**
 * Writes a typed TypeScript client from an OpenAPI document.
 *
 * @param methodNames what the client calls an operation, by its id
 */
export async function generateClient(
  document: OpenAPIDocument,
  methodNames: ReadonlyMap<string, string>,
): Promise<readonly GeneratedFile[]> {
  // It is large, and other commands do without it.
  const { generateApi } = await import('swagger-typescript-api');
  const { files } = await generateApi({
    spec: withMarkedTuples(document),
    output: false,
    silent: true,
    httpClientType: 'fetch',
    moduleNameFirstTag: true,
    hooks: {
      onFormatRouteName: ({ operationId }) => methodNames.get(operationId),
      onParseSchema: (schema, parsed) => {
        const { content, ...type } = parsed as { readonly content: string };
        return { ...type, content: tupleElement(schema as object, content) };
      },
    },
  });
  return files.map(({ fileName, fileExtension, fileContent }) => ({
    name: `${fileName === 'Api' ? 'client' : fileName}${fileExtension}`,
    text: FOR_NODE_TOO.reduce(
      (text, [written, instead]) => text.replace(written, instead),
      fileContent,
    ),
  }));
}
