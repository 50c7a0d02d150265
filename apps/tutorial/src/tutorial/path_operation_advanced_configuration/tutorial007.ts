import {
  Controller,
  HTTPException,
  Post,
  Request,
  RequestValidationError,
  Vivace,
  parse,
} from 'vivace';
import { jsonSchema } from 'vivace/openapi';
import { parse as parseYaml } from 'yaml';

class Item {
  name!: string;
  tags!: string[];
}

@Controller('/items')
class Items {
  @Post('/', {
    openapiExtra: {
      requestBody: {
        content: { 'application/x-yaml': { schema: jsonSchema(Item) } },
        required: true,
      },
    },
  })
  async create_item(request: Request) {
    const data = readYaml(await request.text());
    try {
      return parse(Item, data);
    } catch (error) {
      if (error instanceof RequestValidationError) throw new HTTPException(422, error.issues);
      throw error;
    }
  }
}

function readYaml(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    throw new HTTPException(422, 'Invalid YAML');
  }
}

export const app = new Vivace({ controllers: [Items] });
