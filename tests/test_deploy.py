"""The files in deploy/ keep to what the program takes, and to each other."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.cli import app
from bot.errors import StartError
from bot.operating.farewell import BUDGET
from bot.settings import Settings, read_settings

REPO = Path(__file__).parent.parent
DEPLOY = REPO / "deploy"
FILES = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()]
MANIFESTS = sorted(DEPLOY.glob("kubernetes/*.yaml"))
SETTINGS = {field.field_info.extra["env"] for field in Settings.__fields__.values()}
CLI = typer.main.get_command(app).commands  # type: ignore[attr-defined]
WEBHOOK = next(param.default for param in CLI["telegram"].params if param.name == "port")
OPS = 9464


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def manifest(kind: str) -> dict[str, Any]:
    return next(found for path in MANIFESTS if (found := yaml.safe_load(path.read_text()))["kind"] == kind)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(read("compose.yml"))


@pytest.fixture(scope="module")
def pod() -> dict[str, Any]:
    return manifest("Deployment")["spec"]["template"]["spec"]


@pytest.fixture(scope="module")
def container(pod: dict[str, Any]) -> dict[str, Any]:
    (only,) = pod["containers"]
    return only


@pytest.fixture(scope="module")
def unit() -> list[tuple[str, str]]:
    lines = read("makker.service").splitlines()
    return [tuple(line.split("=", 1)) for line in lines if re.match(r"[A-Z]\w+=", line)]  # type: ignore[misc]


# --- what the program takes ------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_a_file_names_exists(path: Path) -> None:
    assert set(re.findall(r"\b(?:MAKKER|TELEGRAM)_[A-Z_]+\b", path.read_text(encoding="utf-8"))) <= SETTINGS


def commands() -> list[list[str]]:
    unit = re.findall(r"^Exec\w+=\S+/makker (.+)$", read("makker.service"), re.MULTILINE)
    image = re.findall(r"\.venv/bin/makker ([^\\\n&]+)", read("Containerfile"))
    started = [yaml.safe_load(found) for found in re.findall(r"^CMD (\[.+\])$", read("Containerfile"), re.MULTILINE)]
    started += [yaml.safe_load(read("compose.yml"))["services"]["bot-a"]["command"]]
    started += [manifest("Deployment")["spec"]["template"]["spec"]["containers"][0]["args"]]
    return [*map(shlex.split, [*unit, *image]), *started]


def test_every_command_exists_with_its_options() -> None:
    found = commands()
    assert len(found) == 6
    for name, *rest in found:
        takes = {option for param in CLI[name].params for option in param.opts}
        assert {word for word in rest if word.startswith("--")} <= takes, name


def test_the_image_holds_every_room_and_is_made_by_the_same_uv() -> None:
    image, setup = read("Containerfile"), read("setup.sh")
    packages = re.search(r'include = \[(.+?)\], exclude = \["nlu', (REPO / "pyproject.toml").read_text())[1]
    rooms = set(re.findall(r'"(\w+)\*"', packages))
    assert rooms == set(re.findall(r"^COPY (\w+) \1$", image, re.MULTILINE))
    let_in = set(re.findall(r"^!(\S+)$", read("Containerfile.dockerignore"), re.MULTILINE))
    assert rooms | {"pyproject.toml", "uv.lock", "README.md", "LICENSE"} == let_in
    assert re.search(r"UV_VERSION=(\S+)", image)[1] == re.search(r"UV_VERSION=(\S+)", setup)[1]


# --- each by itself --------------------------------------------------------------------------------


def test_images_are_pinned_and_ours_is_of_this_version(compose: dict[str, Any]) -> None:
    version = re.search(r'^version = "(.+)"$', (REPO / "pyproject.toml").read_text(), re.MULTILINE)[1]
    images = {service["image"] for service in compose["services"].values()}
    images |= set(re.findall(r"^ARG PYTHON=(.+)$", read("Containerfile"), re.MULTILINE))
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?(-|$)", image), f"{image} isn't pinned"
    assert f"makker:{version}" in images
    assert f'image.version="{version}"' in read("Containerfile")
    (renamed,) = yaml.safe_load(read("kubernetes/kustomization.yaml"))["images"]
    assert renamed["newTag"] == version
    assert set(re.findall(r"^FROM (\S+)", read("Containerfile"), re.MULTILINE)) == {"${PYTHON}"}


def test_of_the_services_only_the_proxy_is_public_and_all_are_guarded(compose: dict[str, Any]) -> None:
    services, networks = compose["services"], compose["networks"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    for name in ("postgres", "redis"):
        assert all(networks[network]["internal"] for network in services[name]["networks"])
    for name, service in services.items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        assert {"healthcheck", "mem_limit", "pids_limit", "restart", "networks"} <= set(service), name
    assert services["bot-a"] == services["bot-b"]


def test_every_secret_is_made_used_and_no_setting_in_the_open(compose: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    for token in ("42:first\n", "42:second\n"):
        done = subprocess.run(["sh", str(DEPLOY / "secrets.sh"), str(folder)], input=token, text=True, check=True)
        assert not done.stdout
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert made["TELEGRAM_BOT_TOKEN"] == "42:first"
    assert made["postgres_password"] in made["MAKKER_DATABASE_URL"]
    assert f"requirepass {made['MAKKER_REDIS_URL'][9:57]}\n" in made["redis.conf"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert set(made) == set(compose["secrets"])
    assert {Path(entry["file"]).name for entry in compose["secrets"].values()} == set(made)
    used = [set(service.get("secrets", [])) for service in compose["services"].values()]
    assert set.union(*used) == set(made)
    assert used[list(compose["services"]).index("bot-a")] == set(made) & SETTINGS


def test_without_a_token_no_secrets_are_left_that_lack_it(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", str(DEPLOY / "secrets.sh"), str(tmp_path)], input="\n", text=True, capture_output=True, check=False
    )
    assert done.returncode and not list(tmp_path.iterdir())


def test_the_units_options_are_known(unit: list[tuple[str, str]], tmp_path: Path) -> None:
    names = [name for name, _ in unit]
    assert {"NoNewPrivileges", "ProtectSystem", "StateDirectory", "MemoryMax", "LoadCredential"} <= set(names)
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd is not installed here")
    copy = shutil.copy(DEPLOY / "makker.service", tmp_path)
    said = subprocess.run([analyze, "verify", "--man=no", copy], capture_output=True, text=True, check=False).stderr
    complaints = [line for line in said.splitlines() if "makker.service:" in line]
    assert all("is not executable" in line for line in complaints), complaints  # it isn't installed here


def test_the_manifests_are_complete_and_guarded(pod: dict[str, Any], container: dict[str, Any]) -> None:
    listed = set(yaml.safe_load(read("kubernetes/kustomization.yaml"))["resources"])
    assert listed == {path.name for path in MANIFESTS} - {"kustomization.yaml", "secret.example.yaml"}
    deployment = manifest("Deployment")["spec"]
    assert deployment["replicas"] == 2
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
    guarded = container["securityContext"]
    assert guarded["readOnlyRootFilesystem"] and not guarded["allowPrivilegeEscalation"]
    assert guarded["capabilities"] == {"drop": ["ALL"]}
    label = deployment["template"]["metadata"]["labels"]
    selectors = [deployment["selector"]["matchLabels"], manifest("Service")["spec"]["selector"]]
    selectors += [manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"]]
    selectors += [manifest("NetworkPolicy")["spec"]["podSelector"]["matchLabels"]]
    assert all(selector == label for selector in selectors)
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}


# --- all together ----------------------------------------------------------------------------------


def test_ports_agree(compose: dict[str, Any], container: dict[str, Any]) -> None:
    bot, proxy = compose["services"]["bot-a"], read("Caddyfile")
    arguments = [bot["command"], container["args"]]
    assert all(args[args.index("--port") + 1] == str(WEBHOOK) for args in arguments)
    bots = [name for name in compose["services"] if name.startswith("bot-")]
    assert re.search(r"reverse_proxy (.+) \{", proxy)[1].split() == [f"{name}:{WEBHOOK}" for name in bots]
    assert f"health_port {OPS}\n" in proxy
    config = manifest("ConfigMap")["data"]
    told = [bot["environment"]["MAKKER_OPS_LISTEN"], config["MAKKER_OPS_LISTEN"]]
    told += re.findall(r"MAKKER_OPS_LISTEN=(\S+)", read("Containerfile"))
    assert [address.rpartition(":")[2] for address in told] == [str(OPS)] * 3
    for asked in (read("Containerfile"), bot["healthcheck"]["test"][-1]):
        assert re.findall(r"127\.0\.0\.1:(\d+)/", asked) == [str(OPS)]
    assert {port["name"]: port["containerPort"] for port in container["ports"]} == {"webhook": WEBHOOK, "ops": OPS}
    (port,) = manifest("Service")["spec"]["ports"]
    (path,) = manifest("Ingress")["spec"]["rules"][0]["http"]["paths"]
    assert port["targetPort"] == path["backend"]["service"]["port"]["name"] == "webhook"
    (let_in,) = manifest("NetworkPolicy")["spec"]["ingress"]
    assert [entry["port"] for entry in let_in["ports"]] == [WEBHOOK, OPS]


def test_the_path_that_is_told_is_the_path_that_is_passed_on(compose: dict[str, Any]) -> None:
    command = compose["services"]["bot-a"]["command"]
    assert command[command.index("--webhook") + 1].endswith("/telegram")
    assert "path /telegram/*" in read("Caddyfile")
    ingress = manifest("Ingress")["spec"]
    (path,) = ingress["rules"][0]["http"]["paths"]
    url = manifest("ConfigMap")["data"]["PUBLIC_URL"]
    assert url == f"https://{ingress['rules'][0]['host']}{path['path']}"
    assert ingress["tls"][0]["hosts"] == [ingress["rules"][0]["host"]]


def test_who_it_runs_as_agrees(compose: dict[str, Any], pod: dict[str, Any]) -> None:
    uid = re.search(r"--uid (\d+)", read("Containerfile"))[1]
    assert f"USER {uid}:{uid}" in read("Containerfile")
    assert f"uid={uid},gid={uid}" in compose["services"]["bot-a"]["tmpfs"][1]
    assert pod["securityContext"]["runAsUser"] == int(uid)


def test_secrets_come_as_files_where_they_are_looked_for(compose: dict[str, Any], container: dict[str, Any]) -> None:
    assert compose["services"]["bot-a"]["environment"]["MAKKER_SECRETS_DIR"] == "/run/secrets"
    where = next(mount["mountPath"] for mount in container["volumeMounts"] if mount["name"] == "secrets")
    assert manifest("ConfigMap")["data"]["MAKKER_SECRETS_DIR"] == where
    assert set(manifest("Secret")["stringData"]) <= SETTINGS


def test_it_has_the_time_that_a_stop_takes(
    compose: dict[str, Any], pod: dict[str, Any], unit: list[tuple[str, str]]
) -> None:
    given = [dict(unit)["TimeoutStopSec"], compose["services"]["bot-a"]["stop_grace_period"].rstrip("s")]
    given += [pod["terminationGracePeriodSeconds"] - 5]  # of which it waits five before it is told
    assert all(float(seconds) > BUDGET for seconds in given)


# --- a folder of secrets ---------------------------------------------------------------------------


def test_settings_are_read_from_a_folder_of_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, text in {"TELEGRAM_BOT_TOKEN": "42:file\n", "MAKKER_ALLOWED": "1 2", "postgres_password": "x"}.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setenv("MAKKER_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("MAKKER_ALLOWED", "3")
    settings = read_settings()
    assert settings.telegram_bot_token == "42:file"
    assert settings.allowed_people == ["3"]  # the environment goes first
    monkeypatch.setenv("MAKKER_SECRETS_DIR", str(tmp_path / "none"))
    with pytest.raises(StartError, match="there is no folder"):
        read_settings()
    (tmp_path / "TELEGRAM_BOT_TOKEN").write_bytes(b"\xff\xfe\xff")
    monkeypatch.setenv("MAKKER_SECRETS_DIR", str(tmp_path))
    with pytest.raises(StartError, match="can't be read"):
        read_settings()
