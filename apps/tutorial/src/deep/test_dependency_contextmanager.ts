import { BackgroundTasks, Controller, Depends, Get, Vivace, dependency } from 'vivace';

const state = {
  '/async': 'asyncgen not started',
  '/sync': 'generator not started',
  '/async_raise': 'asyncgen raise not started',
  '/sync_raise': 'generator raise not started',
  context_a: 'not started a',
  context_b: 'not started b',
  bg: 'not set',
  sync_bg: 'not set',
};
type State = typeof state;

class AsyncDependencyError extends Error {}
class SyncDependencyError extends Error {}
class OtherDependencyError extends Error {}

// FastAPI closes these after the response; here that is asked for.
const afterwards = { scope: 'request' } as const;

const get_state = dependency(() => state);

const asyncgen_state = dependency(
  { state: get_state },
  async function* ({ state }) {
    state['/async'] = 'asyncgen started';
    yield state['/async'];
    state['/async'] = 'asyncgen completed';
  },
  afterwards,
);

const generator_state = dependency(
  { state: get_state },
  function* ({ state }) {
    state['/sync'] = 'generator started';
    yield state['/sync'];
    state['/sync'] = 'generator completed';
  },
  afterwards,
);

const asyncgen_state_try = dependency(
  { state: get_state },
  async function* ({ state }) {
    state['/async_raise'] = 'asyncgen raise started';
    try {
      yield state['/async_raise'];
    } finally {
      state['/async_raise'] = 'asyncgen raise finalized';
    }
  },
  afterwards,
);

const generator_state_try = dependency(
  { state: get_state },
  function* ({ state }) {
    state['/sync_raise'] = 'generator raise started';
    try {
      yield state['/sync_raise'];
    } finally {
      state['/sync_raise'] = 'generator raise finalized';
    }
  },
  afterwards,
);

const context_a = dependency(
  { state: get_state },
  async function* ({ state }) {
    state.context_a = 'started a';
    try {
      yield state;
    } finally {
      state.context_a = 'finished a';
    }
  },
  afterwards,
);

const context_b = dependency(
  { state: context_a },
  async function* ({ state }) {
    state.context_b = 'started b';
    try {
      yield state;
    } finally {
      state.context_b = `finished b with a: ${state.context_a}`;
    }
  },
  afterwards,
);

const note = (key: 'bg' | 'sync_bg', state: State): void => {
  state[key] = `${key} set - b: ${state.context_b} - a: ${state.context_a}`;
};

@Controller()
class Routes {
  @Get('/async')
  async get_async(@Depends(asyncgen_state) state: string) {
    return state;
  }

  @Get('/sync')
  async get_sync(@Depends(generator_state) state: string) {
    return state;
  }

  @Get('/async_raise')
  async get_async_raise(@Depends(asyncgen_state_try) state: string) {
    throw new AsyncDependencyError(state);
  }

  @Get('/sync_raise')
  async get_sync_raise(@Depends(generator_state_try) state: string) {
    throw new SyncDependencyError(state);
  }

  @Get('/async_raise_other')
  async get_async_raise_other(@Depends(asyncgen_state_try) state: string) {
    throw new OtherDependencyError(state);
  }

  @Get('/sync_raise_other')
  async get_sync_raise_other(@Depends(generator_state_try) state: string) {
    throw new OtherDependencyError(state);
  }

  @Get('/context_b')
  async get_context_b(@Depends(context_b) state: State) {
    return state;
  }

  @Get('/context_b_raise')
  async get_context_b_raise(@Depends(context_b) state: State) {
    throw new OtherDependencyError(state.context_b);
  }

  @Get('/context_b_bg')
  async get_context_b_bg(tasks: BackgroundTasks, @Depends(context_b) state: State) {
    tasks.add(async () => note('bg', state));
    return state;
  }

  @Get('/sync_async')
  get_sync_async(@Depends(asyncgen_state) state: string) {
    return state;
  }

  @Get('/sync_sync')
  get_sync_sync(@Depends(generator_state) state: string) {
    return state;
  }

  @Get('/sync_async_raise')
  get_sync_async_raise(@Depends(asyncgen_state_try) state: string) {
    throw new AsyncDependencyError(state);
  }

  @Get('/sync_sync_raise')
  get_sync_sync_raise(@Depends(generator_state_try) state: string) {
    throw new SyncDependencyError(state);
  }

  @Get('/sync_async_raise_other')
  get_sync_async_raise_other(@Depends(asyncgen_state_try) state: string) {
    throw new OtherDependencyError(state);
  }

  @Get('/sync_sync_raise_other')
  get_sync_sync_raise_other(@Depends(generator_state_try) state: string) {
    throw new OtherDependencyError(state);
  }

  @Get('/sync_context_b')
  get_sync_context_b(@Depends(context_b) state: State) {
    return state;
  }

  @Get('/sync_context_b_raise')
  get_sync_context_b_raise(@Depends(context_b) state: State) {
    throw new OtherDependencyError(state.context_b);
  }

  @Get('/sync_context_b_bg')
  get_sync_context_b_bg(tasks: BackgroundTasks, @Depends(context_b) state: State) {
    tasks.add(() => note('sync_bg', state));
    return state;
  }
}

export const app = new Vivace({ controllers: [Routes] }).use(async (request, next) => {
  const response = await next();
  const members = Object.entries(state).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  response.headers.set('x-state', `{${members.join(', ')}}`);
  return response;
});
