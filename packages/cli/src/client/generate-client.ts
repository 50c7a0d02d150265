import { join } from 'node:path';
import type { OpenAPIDocument } from 'vivace/openapi';
import { MemberNames, parameterName, typeName } from './names';
import { forGenerator, tupleElement } from './for-generator';

export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

const TEMPLATES = join(__dirname, '../../templates/client');

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
  const names = new MemberNames();
  const { files } = await generateApi({
    spec: forGenerator(document),
    output: false,
    silent: true,
    httpClientType: 'fetch',
    moduleNameFirstTag: true,
    enumStyle: 'union',
    templates: TEMPLATES,
    templateExtensions: ['.ejs', '.ts'],
    hooks: {
      onFormatTypeName: (name, _, kind) => (kind === 'type-name' ? typeName(name) : name),
      onFormatRouteName: ({ operationId }) => methodNames.get(operationId),
      onCreateRouteName: ({ original }, { moduleName }) => ({
        original,
        usage: names.operation(moduleName, original),
        duplicate: false,
      }),
      onCreateRoute: (route) => ({
        ...route,
        namespace: names.group(route.namespace),
        request: { ...route.request, ...withSafeParameters(route.request) },
      }),
      onParseSchema: (schema, parsed) => {
        const { content, ...type } = parsed as { readonly content: string };
        return { ...type, content: tupleElement(schema as object, content) };
      },
    },
  });
  return files.map(({ fileName, fileExtension, fileContent }) => ({
    name: `${fileName === 'Api' ? 'client' : fileName}${fileExtension}`,
    text: fileContent,
  }));
}

interface PathOfRequest {
  readonly path?: string;
  readonly parameters?: readonly Readonly<Record<string, unknown>>[];
}

/** Every name of a path value is one that a parameter may have, and every value stays one segment. */
function withSafeParameters({ path = '', parameters = [] }: PathOfRequest) {
  return {
    path: path.replaceAll(
      /\$\{([^}]+)\}/g,
      (_, name: string) => `\${encodeURIComponent(${parameterName(name)})}`,
    ),
    parameters: parameters.map((each) => ({ ...each, name: parameterName(String(each['name'])) })),
  };
}
