import type { Request } from '../declare/context-classes';
import { HTMLResponse } from '../responses/html-response';
import type { ResponseOptions } from '../responses/response';

/** What makes a page of a template: an `Eta`, an environment of Nunjucks, an object of your own. */
export interface TemplateEngine {
  /** The text of a template, which sees `context`. */
  render(name: string, context: object): string | Promise<string>;
}

/**
 * Makes pages from templates.
 *
 * A template sees its context, and `request` and `urlFor`. The engine has to escape what it inserts,
 * as Eta and Nunjucks do.
 *
 * @param engine the engine, which knows the directory of the templates
 * @param options.context makes, for each request, what every template sees
 * @example
 * const templates = new Templates(new Eta({ views: 'templates' }));
 * // in a handler with `request: Request`
 * return templates.page(request, 'item', { id });
 */
export class Templates {
  readonly #engine: TemplateEngine;
  readonly #options: { readonly context?: (request: Request) => object };

  constructor(
    engine: TemplateEngine,
    options: { readonly context?: (request: Request) => object } = {},
  ) {
    this.#engine = engine;
    this.#options = options;
  }

  /**
   * Makes a page from a template.
   *
   * @throws what the engine throws, such as for a template that does not exist
   */
  async page(
    request: Request,
    name: string,
    context: object = {},
    options?: ResponseOptions,
  ): Promise<HTMLResponse> {
    const urlFor: Request['urlFor'] = (...address) => request.urlFor(...address);
    const text = await this.#engine.render(name, {
      request,
      urlFor,
      ...this.#options.context?.(request),
      ...context,
    });
    return new HTMLResponse(text, options);
  }
}
