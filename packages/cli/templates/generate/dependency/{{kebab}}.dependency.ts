import { dependency, Query, type Provided } from 'vivace';

const inputs = { name: Query(String, { default: 'World' }) };

/** What a request says about it; `@Depends({{camel}})` gives it to a handler. */
export const {{camel}} = dependency(inputs, ({ name }) => ({ name }));
export type {{pascal}} = Provided<typeof {{camel}}>;
