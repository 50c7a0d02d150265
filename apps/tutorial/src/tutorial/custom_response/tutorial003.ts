import { Controller, Get, Vivace } from 'vivace';
import { HTMLResponse } from 'vivace/responses';

const page = `
    <html>
        <head>
            <title>Some HTML in here</title>
        </head>
        <body>
            <h1>Look ma! HTML!</h1>
        </body>
    </html>
    `;

@Controller('/items')
class Items {
  @Get('/')
  read_items() {
    return new HTMLResponse(page);
  }
}

export const app = new Vivace({ controllers: [Items] });
