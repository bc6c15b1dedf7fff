#!/usr/bin/env bash
# Builds the Dockerfile without a Docker engine:   oci-image.sh IMAGE [CHECKOUT]
# Where `docker build` is to be had, it does the same. This needs root, buildah and crun and, where no registry can be reached,
# debootstrap: then a stand-in for node:24-slim is made of Debian's base system and the node and npm that the npm registry has.
# Prints the name of the base image. To run what was built:
#   container=$(buildah from --pull-never IMAGE); buildah run --user node $container -- node dist/bin/server.js
set -euo pipefail
image=$1
checkout=${2:-$(dirname "$0")/..}
# overlay is many times faster than the default where the file system allows it; chroot needs no kernel rights in a container.
export STORAGE_DRIVER=${STORAGE_DRIVER:-overlay} BUILDAH_ISOLATION=chroot
NODE=24.9.0 NPM=11.6.0

build_stand_in() {
  case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "no node for $(uname -m)" >&2; return 1 ;; esac
  container=$(buildah from scratch)
  root=$(buildah mount "$container")
  # The mirror that this machine uses; other archives may be among its sources.
  mirror=$(apt-get indextargets --no-release-info --format '$(SITE)' | sort -u | grep -E '/debian/?$' | tail -n 1 || true)
  debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$work/log" || { tail "$work/log" >&2; return 1; }
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  (cd "$work" && npm pack --silent "node-linux-$arch@$NODE" "npm@$NPM" >/dev/null)
  tar xzf "$work"/node-*.tgz -C "$root/usr/local/bin" --strip-components 2 package/bin/node
  mkdir -p "$root/usr/local/lib/node_modules/npm"
  tar xzf "$work"/npm-*.tgz -C "$root/usr/local/lib/node_modules/npm" --strip-components 1
  for command in npm npx; do ln -s ../lib/node_modules/npm/bin/$command-cli.js "$root/usr/local/bin/$command"; done
  chroot "$root" sh -c 'groupadd -g 1000 node && useradd -u 1000 -g node -m node'
  # It trusts what this machine trusts.
  authorities=/etc/ssl/certs/ca-certificates.crt
  if [ -e $authorities ]; then
    mkdir -p "$root/etc/ssl/certs"
    cp $authorities "$root$authorities"
    buildah config --env NODE_EXTRA_CA_CERTS=$authorities "$container"
  fi
  buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --cmd node "$container"
  buildah commit -q --rm "$container" "$1" >/dev/null
}

work=$(mktemp -d) container=
clean_up() {
  [ -z "$container" ] || buildah rm "$container" >/dev/null 2>&1 || true
  umount "$work" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
# In memory, where there is enough: to write and delete the packages of development on a disk takes longer than all the rest.
[ "$(awk '/^MemAvailable/ {print $2}' /proc/meminfo)" -lt 3000000 ] || mount -t tmpfs gyeongdan-build "$work" || true

base=docker.io/library/node:24-slim
if ! buildah pull -q --policy missing "$base" >/dev/null 2>&1; then
  base=localhost/node-stand-in:$NODE
  buildah inspect --type image "$base" >/dev/null 2>&1 || build_stand_in "$base"
fi
# What npm has fetched on this machine already is not fetched again. It opens more files at once than buildah lets it.
cache=$(npm config get cache) files=$(ulimit -Hn)
mkdir -p "$cache" "$work/node_modules"
buildah bud -q --pull-never --format docker --ulimit "nofile=$files:$files" --volume "$cache:/root/.npm" \
  --volume "$work/node_modules:/app/node_modules" --build-arg BASE="$base" -t "$image" "$checkout" >/dev/null
echo "$base"
