import { Controller, Get, Vivace, int } from 'vivace';

const parameters = [
  { required: false, schema: { title: 'Extra Param 1' }, name: 'extra_param_1', in: 'query' },
  { required: true, schema: { title: 'Extra Param 2' }, name: 'extra_param_2', in: 'query' },
];

@Controller()
class Root {
  @Get('/', { openapiExtra: { parameters } })
  route_with_extra_query_parameters(standard_query_param: int | null = 50) {
    return {};
  }
}

export const app = new Vivace({ controllers: [Root] });
