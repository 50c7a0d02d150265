import { Controller, Get, Vivace, bytes } from 'vivace';
import { StreamingResponse } from 'vivace/responses';

const story = [
  'Rick: (stumbles in drunkenly, and turns on the lights) Morty! You gotta come on. You got--... you gotta come with me.',
  "Morty: (rubs his eyes) What, Rick? What's going on?",
  'Rick: I got a surprise for you, Morty.',
  "Morty: It's the middle of the night. What are you talking about?",
  "Rick: (spills alcohol on Morty's bed) Come on, I got a surprise for you. (drags Morty by the ankle) Come on, hurry up. (pulls Morty out of his bed and into the hall)",
  "Morty: Ow! Ow! You're tugging me too hard!",
  'Rick: We gotta go, gotta get outta here, come on. Got a surprise for you Morty.',
];

@Controller('/story')
class Story {
  @Get('/stream', { responseClass: StreamingResponse })
  async *stream_story(): AsyncIterable<string> {
    yield* story;
  }

  @Get('/stream-no-async', { responseClass: StreamingResponse })
  *stream_story_no_async(): Iterable<string> {
    yield* story;
  }

  @Get('/stream-no-annotation', { responseClass: StreamingResponse })
  async *stream_story_no_annotation() {
    yield* story;
  }

  @Get('/stream-no-async-no-annotation', { responseClass: StreamingResponse })
  *stream_story_no_async_no_annotation() {
    yield* story;
  }

  @Get('/stream-bytes', { responseClass: StreamingResponse })
  async *stream_story_bytes(): AsyncIterable<bytes> {
    for (const line of story) yield Buffer.from(line);
  }

  @Get('/stream-no-async-bytes', { responseClass: StreamingResponse })
  *stream_story_no_async_bytes(): Iterable<bytes> {
    for (const line of story) yield Buffer.from(line);
  }

  @Get('/stream-no-annotation-bytes', { responseClass: StreamingResponse })
  async *stream_story_no_annotation_bytes() {
    for (const line of story) yield Buffer.from(line);
  }

  @Get('/stream-no-async-no-annotation-bytes', { responseClass: StreamingResponse })
  *stream_story_no_async_no_annotation_bytes() {
    for (const line of story) yield Buffer.from(line);
  }
}

export const app = new Vivace({ controllers: [Story] });
