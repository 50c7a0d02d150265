import { Controller, Get, Vivace, int, make } from 'vivace';

const successful = (): string => 'Successful operation.';

class ResponseModel {
  code: int = 200;
  message: string = successful();
}

@Controller()
class Routes {
  @Get('/response_model_has_default_factory_return_dict', { response: ResponseModel })
  response_model_has_default_factory_return_dict() {
    return make(ResponseModel, { code: 200 });
  }

  @Get('/response_model_has_default_factory_return_model')
  response_model_has_default_factory_return_model(): ResponseModel {
    return new ResponseModel();
  }
}

export const app = new Vivace({ controllers: [Routes] });
