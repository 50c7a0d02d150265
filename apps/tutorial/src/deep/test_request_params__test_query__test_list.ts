import { Controller, Field, Get, Query, Vivace } from 'vivace';

class QueryModelRequiredListStr {
  p!: string[];
}

class QueryModelRequiredListAlias {
  @Field({ alias: 'p_alias' }) p!: string[];
}

class QueryModelRequiredListValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p!: string[];
}

class QueryModelRequiredListAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p!: string[];
}

@Controller()
class Routes {
  @Get('/required-list-str')
  read_required_list_str(@Query() p: string[]) {
    return { p };
  }

  @Get('/model-required-list-str')
  read_model_required_list_str(@Query() p: QueryModelRequiredListStr) {
    return { p: p.p };
  }

  @Get('/required-list-alias')
  read_required_list_alias(@Query('p_alias') p: string[]) {
    return { p };
  }

  @Get('/model-required-list-alias')
  read_model_required_list_alias(@Query() p: QueryModelRequiredListAlias) {
    return { p: p.p };
  }

  @Get('/required-list-validation-alias')
  read_required_list_validation_alias(@Query('p_val_alias') p: string[]) {
    return { p };
  }

  @Get('/model-required-list-validation-alias')
  read_model_required_list_validation_alias(@Query() p: QueryModelRequiredListValidationAlias) {
    return { p: p.p };
  }

  @Get('/required-list-alias-and-validation-alias')
  read_required_list_alias_and_validation_alias(@Query('p_val_alias') p: string[]) {
    return { p };
  }

  @Get('/model-required-list-alias-and-validation-alias')
  read_model_required_list_alias_and_validation_alias(
    @Query() p: QueryModelRequiredListAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
