"""What never leaves this machine."""

import os

import pytest

from assistant.loopback import bypass_proxies, is_loopback


@pytest.mark.parametrize("host", ["localhost", "chat.localhost", "127.0.0.1", "127.8.0.1", "::1"])
def test_these_lead_to_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "192.0.2.1", "example.org", "localhost.example.org", "mylocalhost"])
def test_these_may_lead_elsewhere(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("given", "spared"),
    [
        ("", "localhost,127.0.0.1,::1"),
        ("example.org, 127.0.0.1", "example.org,127.0.0.1,localhost,::1"),
        ("*", "*"),
    ],
)
def test_what_is_spared_the_proxy_already_stays_so(given: str, spared: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(variable, given)
    for _ in range(2):
        bypass_proxies()
        assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == spared
