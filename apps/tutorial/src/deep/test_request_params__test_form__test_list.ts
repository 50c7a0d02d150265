import { Controller, Field, Form, Post, Vivace } from 'vivace';

class FormModelRequiredListStr {
  p!: string[];
}

class FormModelRequiredListAlias {
  @Field({ alias: 'p_alias' }) p!: string[];
}

class FormModelRequiredListValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p!: string[];
}

class FormModelRequiredListAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p!: string[];
}

@Controller()
class Routes {
  @Post('/required-list-str', { operationId: 'required_list_str' })
  read_required_list_str(@Form() p: string[]) {
    return { p };
  }

  @Post('/model-required-list-str', { operationId: 'model_required_list_str' })
  read_model_required_list_str(@Form() p: FormModelRequiredListStr) {
    return { p: p.p };
  }

  @Post('/required-list-alias', { operationId: 'required_list_alias' })
  read_required_list_alias(@Form('p_alias') p: string[]) {
    return { p };
  }

  @Post('/model-required-list-alias', { operationId: 'model_required_list_alias' })
  read_model_required_list_alias(@Form() p: FormModelRequiredListAlias) {
    return { p: p.p };
  }

  @Post('/required-list-validation-alias', { operationId: 'required_list_validation_alias' })
  read_required_list_validation_alias(@Form('p_val_alias') p: string[]) {
    return { p };
  }

  @Post('/model-required-list-validation-alias', {
    operationId: 'model_required_list_validation_alias',
  })
  read_model_required_list_validation_alias(@Form() p: FormModelRequiredListValidationAlias) {
    return { p: p.p };
  }

  @Post('/required-list-alias-and-validation-alias', {
    operationId: 'required_list_alias_and_validation_alias',
  })
  read_required_list_alias_and_validation_alias(@Form('p_val_alias') p: string[]) {
    return { p };
  }

  @Post('/model-required-list-alias-and-validation-alias', {
    operationId: 'model_required_list_alias_and_validation_alias',
  })
  read_model_required_list_alias_and_validation_alias(
    @Form() p: FormModelRequiredListAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
