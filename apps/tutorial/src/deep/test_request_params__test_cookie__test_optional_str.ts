import { Controller, Cookie, Field, Get, Vivace } from 'vivace';

class CookieModelOptionalStr {
  p: string | null = null;
}

class CookieModelOptionalAlias {
  @Field({ alias: 'p_alias' }) p: string | null = null;
}

class CookieModelOptionalValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p: string | null = null;
}

class CookieModelOptionalAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p: string | null = null;
}

@Controller()
class Routes {
  @Get('/optional-str')
  read_optional_str(@Cookie() p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-str')
  read_model_optional_str(@Cookie() p: CookieModelOptionalStr) {
    return { p: p.p };
  }

  @Get('/optional-alias')
  read_optional_alias(@Cookie('p_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-alias')
  read_model_optional_alias(@Cookie() p: CookieModelOptionalAlias) {
    return { p: p.p };
  }

  @Get('/optional-validation-alias')
  read_optional_validation_alias(@Cookie('p_val_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-validation-alias')
  read_model_optional_validation_alias(@Cookie() p: CookieModelOptionalValidationAlias) {
    return { p: p.p };
  }

  @Get('/optional-alias-and-validation-alias')
  read_optional_alias_and_validation_alias(@Cookie('p_val_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-alias-and-validation-alias')
  read_model_optional_alias_and_validation_alias(
    @Cookie() p: CookieModelOptionalAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
