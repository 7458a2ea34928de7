#!/usr/bin/env node
import { runSockscope } from "./run-sockscope.ts";
import { processTerminal } from "./terminal.ts";

process.exitCode = await runSockscope(process.argv.slice(2), processTerminal());
