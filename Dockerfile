# One image for the API and the workers; the command decides. Debian, not Alpine: WebGPU's Dawn needs glibc >= 2.34.
FROM node:24.21-bookworm-slim AS build
WORKDIR /gatecast
# The native engine's compiler stays in this stage.
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
# No package's own install script: they fetch TensorFlow's library, of no use here without CUDA, and link PostgreSQL's.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
# Only what runs: the database is another container's work. npm counts the Prisma CLI among a package's optional peers,
# and keeps it with what it brings (a studio, two databases, a compiler) unless all optional ones go. WebGPU comes back.
RUN mv node_modules/webgpu /tmp/webgpu \
 && npm prune --omit=dev --omit=optional --ignore-scripts \
 && mv /tmp/webgpu node_modules/webgpu

FROM node:24.21-bookworm-slim
# WebGPU finds the graphics driver through the Vulkan loader; NVIDIA's driver asks for libXext.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libvulkan1 libxext6 \
 && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /opt/yarn*
WORKDIR /gatecast
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 HEALTH_FILE=/tmp/gatecast-worker
COPY --from=build /gatecast/package.json ./
COPY --from=build /gatecast/node_modules node_modules
COPY --from=build /gatecast/dist dist
COPY --from=build /gatecast/build/native build/native
COPY --from=build /gatecast/server/engine/wasm server/engine/wasm
COPY --from=build /gatecast/prisma prisma
COPY --from=build /gatecast/server/schema.graphql server/schema.graphql
COPY --from=build /gatecast/web web
# A volume that is mounted here belongs to the user that writes to it.
RUN install -d -o node -g node /imports
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "dist/server/main.health.js"]
CMD ["node", "dist/server/main.api.js"]
