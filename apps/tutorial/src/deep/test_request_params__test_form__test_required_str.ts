import { Controller, Field, Form, Post, Vivace } from 'vivace';

class FormModelRequiredStr {
  p!: string;
}

class FormModelRequiredAlias {
  @Field({ alias: 'p_alias' }) p!: string;
}

class FormModelRequiredValidationAlias {
  @Field({ alias: { in: 'p_val_alias' } }) p!: string;
}

class FormModelRequiredAliasAndValidationAlias {
  @Field({ alias: { in: 'p_val_alias', out: 'p_alias' } }) p!: string;
}

@Controller()
class Routes {
  @Post('/required-str', { operationId: 'required_str' })
  read_required_str(@Form() p: string) {
    return { p };
  }

  @Post('/model-required-str', { operationId: 'model_required_str' })
  read_model_required_str(@Form() p: FormModelRequiredStr) {
    return { p: p.p };
  }

  @Post('/required-alias', { operationId: 'required_alias' })
  read_required_alias(@Form('p_alias') p: string) {
    return { p };
  }

  @Post('/model-required-alias', { operationId: 'model_required_alias' })
  read_model_required_alias(@Form() p: FormModelRequiredAlias) {
    return { p: p.p };
  }

  @Post('/required-validation-alias', { operationId: 'required_validation_alias' })
  read_required_validation_alias(@Form('p_val_alias') p: string) {
    return { p };
  }

  @Post('/model-required-validation-alias', { operationId: 'model_required_validation_alias' })
  read_model_required_validation_alias(@Form() p: FormModelRequiredValidationAlias) {
    return { p: p.p };
  }

  @Post('/required-alias-and-validation-alias', {
    operationId: 'required_alias_and_validation_alias',
  })
  read_required_alias_and_validation_alias(@Form('p_val_alias') p: string) {
    return { p };
  }

  @Post('/model-required-alias-and-validation-alias', {
    operationId: 'model_required_alias_and_validation_alias',
  })
  read_model_required_alias_and_validation_alias(
    @Form() p: FormModelRequiredAliasAndValidationAlias,
  ) {
    return { p: p.p };
  }
}

export const app = new Vivace({ controllers: [Routes] });
