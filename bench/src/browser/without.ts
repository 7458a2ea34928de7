/** A chat without anything that measures it. */
import { chat } from "./chat-page.ts";

chat(() => {});
