import { fileURLToPath } from "node:url"
import { NoSQLModule } from "@nosql/di"
import { EventRepository } from "./events.ts"
import { PostRepository } from "./posts.ts"
import { UserRepository } from "./users.ts"

/** The data access of the application. Which database it is on, only the configuration knows. */
export const blog = NoSQLModule.configure(undefined, {
  host: { cwd: fileURLToPath(new URL("..", import.meta.url)) },
}).scope(UserRepository, PostRepository, EventRepository)
