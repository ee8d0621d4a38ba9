#!/usr/bin/env bash
# whool 1.3.1: the name of the package is the name of the directory it is built in.
#
# For an addon in a folder of a repository that is its technical name. Where the
# repository's root is the addon, it is whatever the checkout is called, and pip, which
# clones a git address into a folder of its own, makes a package of that folder's name:
# odoo-addon-pip-req-build-…, which Odoo cannot load. No option sets the name.
# Seen on 28 November 2026 with pip 25.2, git 2.39.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet pip==25.2 whool==1.3.1 manifestoo-core==1.16.1

mkdir "$work/my_addon"
cd "$work/my_addon"
touch __init__.py
echo '{"name": "My addon", "version": "19.0.1.0.0", "license": "LGPL-3"}' > __manifest__.py
cat > pyproject.toml <<'TOML'
[build-system]
requires = ["whool==1.3.1"]
build-backend = "whool.buildapi"
[tool.whool]
external_dependencies_only = true
TOML
git init --quiet
git add .
git -c user.name=somebody -c user.email=somebody@example.com commit --quiet -m "An addon"

build() {
    rm -rf "$work/wheels"
    "$work/python/bin/pip" wheel --quiet --no-deps --wheel-dir "$work/wheels" "$1"
    basename "$work"/wheels/*.whl
}

by_name=$(build "$work/my_addon")
git clone --quiet "$work/my_addon" "$work/checkout"
by_checkout=$(build "$work/checkout")
by_address=$(build "git+file://$work/my_addon")

echo "directory my_addon:   $by_name"
echo "directory checkout:   $by_checkout"
echo "pip's clone by git+:  $by_address"

[[ $by_name == odoo_addon_my_addon-19.0.1.0.0-py3-none-any.whl ]]
[[ $by_checkout == odoo_addon_checkout-19.0.1.0.0-py3-none-any.whl ]]
[[ $by_address == odoo_addon_pip_req_build_* ]]
