import { createSchema, createYoga } from 'graphql-yoga';
import { Controller, Get, Vivace } from 'vivace';

const yoga = createYoga({
  graphqlEndpoint: '/',
  schema: createSchema({
    typeDefs: 'type User { name: String!, age: Int! } type Query { user: User! }',
    resolvers: { Query: { user: () => ({ name: 'Patrick', age: 100 }) } },
  }),
});

@Controller()
class Main {
  @Get('/')
  read_root() {
    return { graphql: '/graphql' };
  }
}

export const app = new Vivace({ controllers: [Main] }).mount('/graphql', yoga);
