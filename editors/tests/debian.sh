# Sourced after cache.sh.

# debian PACKAGE...: installs those that are missing, where that may be done
debian() {
    local missing=() package limits=(-o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o Acquire::Retries=2)
    for package; do
        dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "install these packages first: ${missing[*]}"
    mkdir -p "$cache"
    echo "editors: installing ${missing[*]}"
    { timeout 120 apt-get "${limits[@]}" update &&
        DEBIAN_FRONTEND=noninteractive timeout 600 apt-get "${limits[@]}" -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${missing[@]}"; } \
        >"$cache/debian.log" 2>&1 || { tail -n 5 "$cache/debian.log" >&2 && fail "could not install ${missing[*]}; the log is $cache/debian.log"; }
}
