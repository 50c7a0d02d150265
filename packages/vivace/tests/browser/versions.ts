import { Controller, Get, Vivace } from 'vivace';

@Controller('/notes', { apiVersion: '1' })
class First {
  @Get()
  read(): string {
    return 'one';
  }
}
@Controller('/notes', { apiVersion: '2' })
class Second {
  @Get()
  read(): string[] {
    return ['two'];
  }
}

/** An application of two versions. */
export const versions = new Vivace({ title: 'Notes', controllers: [First, Second] });
