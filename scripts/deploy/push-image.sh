#!/usr/bin/env bash
# Builds the image of this checkout and pushes it:   push-image.sh REGISTRY REPOSITORY TAG
# A tag never changes: where it is in the registry already, by a run before, it is taken as it is.
# Prints the digest of the image. No setting and no secret is an argument of the build.
set -euo pipefail
registry=$1 repository=$2 tag=$3

digest() {
  aws ecr describe-images --repository-name "$repository" --image-ids "imageTag=$tag" \
    --query 'imageDetails[0].imageDigest' --output text
}

errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
if ! digest 2>"$errors"; then
  grep -q ImageNotFoundException "$errors" || { cat "$errors" >&2; exit 1; }
  image=$registry/$repository:$tag
  # An attestation would make a list of images of it, whose digest is not that of the image that runs.
  docker build --provenance=false --tag "$image" "$(dirname "$0")/../.." >&2
  docker push "$image" >&2
  digest
fi
