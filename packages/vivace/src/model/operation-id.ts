/** The operation id of FastAPI's default rule: name, path and method, with `_` for anything else. */
export function operationId(name: string, template: string, method: string): string {
  return `${`${name}${template}`.replaceAll(/\W/g, '_')}_${method.toLowerCase()}`;
}
