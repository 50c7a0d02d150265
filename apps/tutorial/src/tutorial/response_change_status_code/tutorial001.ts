import { Controller, Put, Reply, Vivace } from 'vivace';

const tasks = new Map([['foo', 'Listen to the Bar Fighters']]);

@Controller('/get-or-create-task')
class Tasks {
  @Put('/:task_id', { status: 200 })
  get_or_create_task(task_id: string, reply: Reply) {
    if (!tasks.has(task_id)) {
      tasks.set(task_id, "This didn't exist before");
      reply.status = 201;
    }
    return tasks.get(task_id);
  }
}

export const app = new Vivace({ controllers: [Tasks] });
