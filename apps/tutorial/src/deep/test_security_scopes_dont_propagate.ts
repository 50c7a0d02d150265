import {
  Controller,
  Get,
  Security,
  SecurityScopes,
  Vivace,
  dependency,
  type Provided,
} from 'vivace';

const dep1 = dependency({ required: SecurityScopes }, ({ required }) => required.scopes);
const dep2 = dependency({ required: SecurityScopes }, ({ required }) => required.scopes);
const dep3 = dependency(
  { dep1: Security(dep1, ['scope1']), dep2: Security(dep2, ['scope2']) },
  (both) => both,
);
type Both = Provided<typeof dep3>;

@Controller('/scopes')
class Scopes {
  @Get()
  get_scopes(@Security(dep3, ['scope3']) dep3: Both) {
    return dep3;
  }
}

export const app = new Vivace({ controllers: [Scopes] });
