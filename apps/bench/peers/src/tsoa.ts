import express, { type NextFunction, type Request, type Response } from 'express';
import type { AddressInfo } from 'node:net';
import { ValidateError } from 'tsoa';
import { RegisterRoutes } from './generated/routes.js';
import { ready } from './ready.js';

const app = express();
app.use(express.json());
RegisterRoutes(app);
app.use((error: unknown, _request: Request, response: Response, next: NextFunction): void => {
  if (error instanceof ValidateError) {
    response.status(422).json({ message: 'Validation Failed', details: error.fields });
    return;
  }
  const { status = 500, message } = error as { status?: number; message: string };
  if (response.headersSent) return next(error);
  response.status(status).json({ message });
});
const server = app.listen(Number(process.argv[2]), '127.0.0.1', () =>
  ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
