import { Controller, Delete, Reply, Vivace, int } from 'vivace';

@Controller()
class Deployments {
  @Delete('/:id', { status: 204, response: false })
  delete_deployment(id: int, reply: Reply) {
    reply.status = 400;
    return { msg: 'Status overwritten', id };
  }
}

export const app = new Vivace({ controllers: [Deployments] });
