import { BootError } from '../errors/boot-error';
import type { AppModel } from '../model/model';
import { Components } from './components';
import { defined } from './merge';
import { pathsOf, type OperationWriter } from './operation';
import type {
  Contact,
  DocumentView,
  ExternalDocs,
  License,
  OpenAPIDocument,
  SchemaObject,
  ServerInfo,
  Tag,
} from '../declare/openapi';
import { ERROR_ANSWERS } from './error-schemas';

/** What the document says apart from the operations. */
export interface DocumentInfo {
  readonly title?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly version?: string;
  readonly termsOfService?: string;
  readonly contact?: Contact;
  readonly license?: License;
  readonly servers?: readonly ServerInfo[];
  readonly tags?: readonly Tag[];
  readonly externalDocs?: ExternalDocs;
  /** Two schemas where input and output differ: true by default. */
  readonly separateInputOutput?: boolean;
  /** Fields with a default are required in answers: false by default. */
  readonly requiredDefaults?: boolean;
  /** One optional scheme may be left out, in the document too: false by default. */
  readonly optionalSecurity?: boolean;
  /** The format of error answers: `detail` by default. */
  readonly errors?: 'detail' | 'problem';
}

/**
 * The OpenAPI document of an application.
 *
 * @throws BootError COMPONENT_NAME where two different types have one name
 */
export function openapi(
  model: AppModel,
  info: DocumentInfo,
  view: DocumentView = {},
): OpenAPIDocument {
  const options = {
    separate: info.separateInputOutput ?? true,
    requiredDefaults: info.requiredDefaults === true,
  };
  // Which schemas differ between input and output, or from others of their name, is known only when all their uses are.
  const survey = write(model, info, view, new Components(options));
  const split = survey.components.differing();
  const numbers = survey.components.numbers();
  const { paths, webhooks, components, schemes, answers } =
    split.size + numbers.size === 0
      ? survey
      : write(model, info, view, new Components(options, split, numbers));
  const schemas = withAnswers(components.schemas(), answers);
  const parts = defined({
    schemas: Object.keys(schemas).length > 0 ? schemas : undefined,
    securitySchemes: Object.keys(schemes).length > 0 ? schemes : undefined,
  });
  return {
    openapi: '3.1.0',
    info: infoOf(info),
    ...defined({ servers: filled(info.servers) }),
    paths,
    ...(Object.keys(webhooks).length > 0 && { webhooks }),
    ...(Object.keys(parts).length > 0 && { components: parts }),
    ...defined({ tags: filled(info.tags), externalDocs: info.externalDocs }),
  };
}

interface Written {
  readonly components: Components;
  readonly paths: OpenAPIDocument['paths'];
  readonly webhooks: OpenAPIDocument['paths'];
  readonly schemes: Record<string, Record<string, unknown>>;
  readonly answers: Readonly<Record<string, SchemaObject>>;
}

function write(
  model: AppModel,
  info: DocumentInfo,
  view: DocumentView,
  components: Components,
): Written {
  const schemes: Written['schemes'] = {};
  let answers: Written['answers'] = {};
  const writer: OperationWriter = {
    components,
    optionalSecurity: info.optionalSecurity === true,
    ...ERROR_ANSWERS[info.errors ?? 'detail'],
    useAnswer: (answer) => void (answers = { ...answers, ...answer.components }),
    useScheme: (name, document) => void (schemes[name] = { ...document }),
  };
  const paths = pathsOf(model.operations, writer, view);
  const webhooks = pathsOf(model.webhooks, writer);
  return { components, paths, webhooks, schemes, answers };
}

function infoOf({
  title,
  summary,
  description,
  termsOfService,
  contact,
  license,
  version,
}: DocumentInfo): OpenAPIDocument['info'] {
  return {
    title: title ?? 'Vivace',
    ...defined({ summary, description, termsOfService, contact, license }),
    version: version ?? '0.1.0',
  };
}

/** The components with those of the framework's own answers. */
function withAnswers(
  schemas: Record<string, SchemaObject>,
  answers: Readonly<Record<string, SchemaObject>>,
): Record<string, SchemaObject> {
  const taken = Object.keys(answers).find((name) => Object.hasOwn(schemas, name));
  if (taken !== undefined) {
    throw new BootError(
      'COMPONENT_NAME',
      {},
      `A type is called ${taken}, as the schema of the framework's own answers to errors.`,
      `@Model({ name: 'My${taken}' }) above it, or another name for the type`,
    );
  }
  return Object.fromEntries(
    Object.entries({ ...schemas, ...answers }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
