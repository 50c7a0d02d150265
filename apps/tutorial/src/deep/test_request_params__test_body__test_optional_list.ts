import { Body, Controller, Field, Post, Vivace } from 'vivace';

class BodyModelOptionalListStr {
  p: string[] | null = null;
}

class BodyModelOptionalListAlias {
  @Field({ alias: 'p_alias' }) p: string[] | null = null;
}

class BodyModelOptionalListValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p: string[] | null = null;
}

class BodyModelOptionalListAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p: string[] | null = null;
}

@Controller()
class Routes {
  @Post('/optional-list-str', { operationId: 'optional_list_str' })
  read_optional_list_str(@Body({ embed: true }) p: string[] | null = null) {
    return { p };
  }

  @Post('/model-optional-list-str', { operationId: 'model_optional_list_str' })
  read_model_optional_list_str(p: BodyModelOptionalListStr) {
    return { p: p.p };
  }

  @Post('/optional-list-alias', { operationId: 'optional_list_alias' })
  read_optional_list_alias(@Body({ embed: true, alias: 'p_alias' }) p: string[] | null = null) {
    return { p };
  }

  @Post('/model-optional-list-alias', { operationId: 'model_optional_list_alias' })
  read_model_optional_list_alias(p: BodyModelOptionalListAlias) {
    return { p: p.p };
  }

  @Post('/optional-list-validation-alias', { operationId: 'optional_list_validation_alias' })
  read_optional_list_validation_alias(
    @Body({ embed: true, alias: 'p_val_alias' }) p: string[] | null = null,
  ) {
    return { p };
  }

  @Post('/model-optional-list-validation-alias', {
    operationId: 'model_optional_list_validation_alias',
  })
  read_model_optional_list_validation_alias(p: BodyModelOptionalListValidationAlias) {
    return { p: p.p };
  }

  @Post('/optional-list-alias-and-validation-alias', {
    operationId: 'optional_list_alias_and_validation_alias',
  })
  read_optional_list_alias_and_validation_alias(
    @Body({ embed: true, alias: 'p_val_alias' }) p: string[] | null = null,
  ) {
    return { p };
  }

  @Post('/model-optional-list-alias-and-validation-alias', {
    operationId: 'model_optional_list_alias_and_validation_alias',
  })
  read_model_optional_list_alias_and_validation_alias(
    p: BodyModelOptionalListAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
