import { Controller, Cookie, Field, Get, Vivace } from 'vivace';

class CookieModelRequiredStr {
  p!: string;
}

class CookieModelRequiredAlias {
  @Field({ alias: 'p_alias' }) p!: string;
}

class CookieModelRequiredValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p!: string;
}

class CookieModelRequiredAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p!: string;
}

@Controller()
class Routes {
  @Get('/required-str')
  read_required_str(@Cookie() p: string) {
    return { p };
  }

  @Get('/model-required-str')
  read_model_required_str(@Cookie() p: CookieModelRequiredStr) {
    return { p: p.p };
  }

  @Get('/required-alias')
  read_required_alias(@Cookie('p_alias') p: string) {
    return { p };
  }

  @Get('/model-required-alias')
  read_model_required_alias(@Cookie() p: CookieModelRequiredAlias) {
    return { p: p.p };
  }

  @Get('/required-validation-alias')
  read_required_validation_alias(@Cookie('p_val_alias') p: string) {
    return { p };
  }

  @Get('/model-required-validation-alias')
  read_model_required_validation_alias(@Cookie() p: CookieModelRequiredValidationAlias) {
    return { p: p.p };
  }

  @Get('/required-alias-and-validation-alias')
  read_required_alias_and_validation_alias(@Cookie('p_val_alias') p: string) {
    return { p };
  }

  @Get('/model-required-alias-and-validation-alias')
  read_model_required_alias_and_validation_alias(
    @Cookie() p: CookieModelRequiredAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
