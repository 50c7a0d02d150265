import awsLambda from '@fastify/aws-lambda';
import { app } from './books';

const ready = app.build().then(({ fastify }) => awsLambda(fastify, { decorateRequest: false }));

export const handler = async (event: unknown) => (await ready)(event, {});
