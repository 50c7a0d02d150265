import { Eta } from 'eta';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Controller, Get, Request, Vivace } from 'vivace';
import { HTMLResponse, Templates } from 'vivace/responses';

const ITEM = `<html>
<head>
    <title>Item Details</title>
    <link href="<%= it.urlFor('static', { path: 'styles.css' }) %>" rel="stylesheet">
</head>
<body>
    <h1><a href="<%= it.urlFor('read_item', { id: it.id }) %>">Item ID: <%= it.id %></a></h1>
</body>
</html>`;

export function setup(directory: string) {
  mkdirSync(join(directory, 'templates'));
  writeFileSync(join(directory, 'templates', 'item.eta'), ITEM);
}

const templates = new Templates(new Eta({ views: resolve('templates'), autoTrim: false }));

@Controller('/items', { responseClass: HTMLResponse })
class Items {
  @Get('/:id')
  read_item(request: Request, id: string) {
    return templates.page(request, 'item', { id });
  }
}

export const app = new Vivace({ controllers: [Items] }).static('/static', 'static', {
  name: 'static',
});
