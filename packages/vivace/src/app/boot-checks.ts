import type { FastifyBaseLogger } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { declarationOf } from '../declare/class-facts';
import { isProduction } from '../declare/environment';
import { unusedControllers } from '../declare/unused-controllers';
import { describe } from '../errors/where';
import type { AppModel, Operation } from '../model/model';

/**
 * Tells once that addresses of clients are those of a proxy: it says who they are, and is not trusted.
 *
 * @returns called with the headers of a request whose `ip` is read
 */
export function untrustedProxies(
  trusted: boolean,
  log: Pick<FastifyBaseLogger, 'warn'>,
): (headers: IncomingHttpHeaders) => void {
  let told = trusted;
  return (headers) => {
    if (told || headers['x-forwarded-for'] === undefined) return;
    told = true;
    log.warn(
      "A proxy says in X-Forwarded-For who its clients are, and is not trusted: request.ip is the proxy's. Name it in trustProxy.",
    );
  };
}

/** Warns of what works, but is seldom meant. */
export function warnOfUnusualRoutes(
  { operations }: AppModel,
  log: Pick<FastifyBaseLogger, 'warn'>,
): void {
  for (const operation of operations) {
    const said = repeatedPrefix(operation);
    if (said !== undefined) log.warn(`${describe(operation.where)}: ${said}`);
  }
}

/** Says which answers have no model, because nobody wrote their type and what is inferred is no data. */
export function tellOfUnreadAnswers(
  { operations }: AppModel,
  log: Pick<FastifyBaseLogger, 'info'>,
): void {
  if (isProduction()) return;
  for (const { where, response } of operations)
    if (response.unread !== undefined)
      log.info(
        `${describe(where)}: the answer has no model, for its type is not written and ${response.unread}. It is sent as it is; \`response: false\` says that this is meant.`,
      );
}

/** Warns of controllers that were imported and stand in no application: their operations are answered 404. */
export function warnOfUnusedControllers(log: Pick<FastifyBaseLogger, 'warn'>): void {
  for (const controller of unusedControllers())
    log.warn(
      `${describe({ member: controller.name, ...declarationOf(controller).where })}: the controller is in no application, so that nothing of it is answered. ` +
        `Write instead: controllers: [${controller.name}], or app.include(${controller.name}).`,
    );
}

/** `/users/users`: a prefix that was given to a controller and to its inclusion. */
function repeatedPrefix({ path }: Operation): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const twice = parts.find((part, index) => part === parts[index + 1] && !/^[:*]/.test(part));
  return twice === undefined
    ? undefined
    : `'${twice}' stands twice in ${path}: is it the prefix of the controller and of its inclusion?`;
}
