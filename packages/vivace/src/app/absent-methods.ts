import { callSite, named } from '../declare/call-site';
import { BootError } from '../errors/boot-error';

const operation = (name: string) =>
  `a controller: \`@Controller() class Items { @${name[0]!.toUpperCase()}${name.slice(1)}('/items') read() { … } }\`, in \`controllers\` or \`app.include(Items)\``;
const plugin = 'app.plugin((fastify) => …), whose instance of Fastify has it';

/** What applications of other frameworks have, and what stands for it here. */
const INSTEAD: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['get', 'post', 'put', 'patch', 'delete'].map((name) => [name, operation(name)]),
  ),
  ...Object.fromEntries(
    ['head', 'options', 'all', 'route'].map((name) => [
      name,
      "a controller: `@Controller() class Items { @Route('OPTIONS', '/items') options() { … } }`",
    ]),
  ),
  ...Object.fromEntries(
    ['register', 'decorate', 'addHook', 'setErrorHandler', 'addContentTypeParser'].map((name) => [
      name,
      plugin,
    ]),
  ),
  ws: "a controller: `@Controller() class Chat { @WebSocketRoute('/chat') chat(socket: WebSocket) { … } }`",
  inject: 'testClient(app) of vivace/testing',
  close: 'server.close(), of what app.listen() gives',
};

/** Makes calls of methods that an application does not have say what to write. */
export function refuseAbsentMethods(prototype: object): void {
  for (const [name, write] of Object.entries(INSTEAD)) {
    const value = function refuse(): never {
      throw new BootError(
        'APPLICATION_METHOD',
        named(callSite(refuse), { member: `app.${name}` }),
        `An application has no method ${name}.`,
        write,
      );
    };
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}
