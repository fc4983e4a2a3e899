import { defineConfig } from "vitest/config"
import { blogProjects } from "./vitest.projects.ts"

export default defineConfig({ test: { projects: blogProjects } })
