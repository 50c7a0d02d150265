import { Controller, Field, Get, Query, Vivace } from 'vivace';

class QueryModelOptionalStr {
  p: string | null = null;
}

class QueryModelOptionalAlias {
  @Field({ alias: 'p_alias' }) p: string | null = null;
}

class QueryModelOptionalValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p: string | null = null;
}

class QueryModelOptionalAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p: string | null = null;
}

@Controller()
class Routes {
  @Get('/optional-str')
  read_optional_str(@Query() p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-str')
  read_model_optional_str(@Query() p: QueryModelOptionalStr) {
    return { p: p.p };
  }

  @Get('/optional-alias')
  read_optional_alias(@Query('p_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-alias')
  read_model_optional_alias(@Query() p: QueryModelOptionalAlias) {
    return { p: p.p };
  }

  @Get('/optional-validation-alias')
  read_optional_validation_alias(@Query('p_val_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-validation-alias')
  read_model_optional_validation_alias(@Query() p: QueryModelOptionalValidationAlias) {
    return { p: p.p };
  }

  @Get('/optional-alias-and-validation-alias')
  read_optional_alias_and_validation_alias(@Query('p_val_alias') p: string | null = null) {
    return { p };
  }

  @Get('/model-optional-alias-and-validation-alias')
  read_model_optional_alias_and_validation_alias(
    @Query() p: QueryModelOptionalAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
