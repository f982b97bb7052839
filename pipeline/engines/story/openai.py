"""The writer in the cloud: a vision model of OpenAI edits the script, and the same ledger as ever judges it."""

from __future__ import annotations

import asyncio

import openai
from openai import AsyncOpenAI, DefaultAsyncHttpxClient
from openai.types.responses import ParsedResponse, ResponseInputParam
from pydantic import SecretStr

from pipeline.engines.http import deadline, failure
from pipeline.engines.story.drafting import Draft, assign
from pipeline.engines.story.prompt import INSTRUCTIONS, as_data_uri, content, correction
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.model import Storyboard
from pipeline.ports import Bench, Write

_VENDOR = "OpenAI"
_DRAFTS = 2
_MOST_TOKENS = 8000  # thinking included; a storyboard has about 900


class OpenAIWriter:
    """Writes storyboards with the Responses API: words of the seller and of the phrase banks only.

    Args:
        key: API key.
        model: any that takes images and strict JSON schemas.
        address: of a server with the same API; None for OpenAI's own.
        seconds: for one step, both drafts included.
    """

    def __init__(self, key: SecretStr, *, model: str, address: str | None = None, seconds: float = 90.0) -> None:
        self._key = key
        self._model = model
        self._address = address
        self._seconds = seconds

    @property
    def name(self) -> str:
        """The model is part of it: another one writes other films."""
        return f"openai-{self._model}-1"

    async def run(self, request: Write, bench: Bench) -> Storyboard:
        """Write the storyboard of one variant.

        Raises:
            EngineBusy: OpenAI asks to wait.
            EngineUnavailable: it cannot be reached, or what it answers cannot be read.
            EngineRefused: it will not, or both its drafts said what has no source ("ungrounded").
        """
        assignment = assign(request)
        photos = [await asyncio.to_thread(as_data_uri, await bench.open(plate.photo)) for plate in request.plates]
        talk: ResponseInputParam = [{"role": "user", "content": content(assignment.as_json(), photos)}]
        async with deadline(_VENDOR, self._seconds), await asyncio.to_thread(self._client) as client:
            for _ in range(_DRAFTS):
                draft = await self._draft(client, talk)
                faults = assignment.faults(draft)
                if not faults:
                    return assignment.board(draft)
                talk.append({"role": "assistant", "content": draft.model_dump_json()})
                talk.append({"role": "user", "content": correction(faults)})
        raise EngineRefused(f"not to be filmed: {'; '.join(faults)}", "ungrounded")

    def _client(self) -> AsyncOpenAI:
        """A client of this step's own; reading the system's certificates for it takes a while."""
        web = DefaultAsyncHttpxClient(timeout=self._seconds, follow_redirects=False)  # nobody sends us elsewhere
        return AsyncOpenAI(  # patience is the step's business: no retries here
            api_key=self._key.get_secret_value(), base_url=self._address, max_retries=0, http_client=web
        )

    async def _draft(self, client: AsyncOpenAI, talk: ResponseInputParam) -> Draft:
        # Causes are cut off below: a vendor's own words may quote what was sent. The last clause is for bodies that are
        # no response at all: the SDK does not validate those, it stumbles over them.
        try:
            answer = await client.responses.parse(
                model=self._model,
                instructions=INSTRUCTIONS,
                input=talk,
                text_format=Draft,
                max_output_tokens=_MOST_TOKENS,
                store=False,
            )
        except openai.APIStatusError as error:
            raise failure(_VENDOR, error.status_code, error.response.headers, error.code) from None
        except openai.APIConnectionError:
            raise EngineUnavailable(f"{_VENDOR} cannot be reached") from None
        except (openai.OpenAIError, ValueError, TypeError, AttributeError):
            raise EngineUnavailable(f"{_VENDOR} answered something else") from None
        return _read(answer)


def _read(answer: ParsedResponse[Draft]) -> Draft:
    if answer.output_parsed is not None:
        return answer.output_parsed
    refused = any(part.type == "refusal" for item in answer.output if item.type == "message" for part in item.content)
    filtered = answer.incomplete_details is not None and answer.incomplete_details.reason == "content_filter"
    if refused or filtered:
        raise EngineRefused(f"{_VENDOR} will not write this", "moderated")
    raise EngineUnavailable(f"{_VENDOR} answered without a draft")
